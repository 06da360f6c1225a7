import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ended, stands } from '../checks.mjs';
import { during } from '../during.mjs';
import { fullDisk } from '../stack/disk.mjs';
import { run, sleep, start, until } from '../stack/process.mjs';
import { noServer, otherHostKey, refusedKey, silentServer, unplugged } from '../stack/ssh-faults.mjs';

/** The troubles of a fleet are what they say they are, as plain ssh and sftp see them. */
export const troubles = {
  async 'one build on three hosts that ~/.ssh/config names'(fleet) {
    await fleet.introduce(fleet.agent);
    for (const { name } of fleet.hosts) {
      const { status, stdout } = await fleet.agent.inside('ssh', [...strict, name, 'hostname'], {
        user: fleet.agent.user,
      });
      assert.deepEqual([status, stdout], [0, `${name}\n`]);
    }
    await fleet.job.build('v1');
    for (const place of fleet.places) {
      await fleet.job.ship(place.host);
      ended(await fleet.job.exec(place.host), 0);
      await stands(place, 'v1', []);
    }
  },

  async 'a host that is down, refuses the key, shows another key, or says nothing, and its neighbour'(fleet) {
    const ask = asker(fleet);
    for (const [trouble, says] of faults) {
      await during(fleet, trouble(fleet.hosts[1]), async () => {
        const { status, output, ms } = await ask('web2');
        assert.equal(status, 255, output);
        assert.match(output, says);
        assert.ok(ms < 6000, `${ms} ms`);
        await isWell(ask, 'web1');
      });
      await isWell(ask, 'web2');
    }
  },

  async 'a host that vanishes in the middle of a command, or whose server hangs then'(fleet) {
    const config = fleet.introduceHere(join(fleet.folder, 'ssh'));
    const impatient = ['-o', 'ServerAliveInterval=1', '-o', 'ServerAliveCountMax=2'];
    const mark = `${fleet.hosts[2].home}/mark`;
    for (const trouble of [unplugged, silentServer]) {
      const command = `echo begun; sleep 4; echo ended >${mark}`;
      const { child, ended: end } = start('ssh', ['-F', config, ...strict, ...impatient, 'web3', command]);
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await during(fleet, trouble(fleet.hosts[2]), async () => {
        const { status, output } = await end;
        assert.equal(status, 255, output);
        assert.match(output, /^begun\n[\s\S]*not responding/);
      });
      await until('the command to end all the same', () => fleet.hosts[2].read(mark) === 'ended\n');
      rmSync(fleet.hosts[2].path(mark));
      await isWell(asker(fleet), 'web3');
    }
  },

  async 'a connection goes on when the cable is back soon'(fleet) {
    const config = fleet.introduceHere(join(fleet.folder, 'ssh'));
    const { child, ended: end } = start('ssh', [
      '-F',
      config,
      ...strict,
      'web1',
      'echo begun; sleep 1; echo ended',
    ]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await during(fleet, unplugged(fleet.hosts[0]), () => sleep(1500));
    const { status, stdout } = await end;
    assert.deepEqual([status, stdout], [0, 'begun\nended\n']);
  },

  async 'a full disk where scripts are put: sftp says so and leaves a part'(fleet) {
    const config = fleet.introduceHere(join(fleet.folder, 'ssh'));
    const file = join(fleet.folder, 'script');
    writeFileSync(file, 'x'.repeat(100_000));
    const [{ base, home, ...host }] = fleet.hosts;
    const put = () =>
      run('sftp', ['-F', config, ...strict, '-b', '-', host.name], { input: `put ${file} script\n` });
    await during(fleet, fullDisk('a home', `${base}/home`), async () => {
      const { status, output } = await put();
      assert.equal(status, 1);
      assert.match(output, /write remote .*: Failure/);
    });
    assert.equal((await put()).status, 0);
    assert.equal(fleet.hosts[0].read(`${home}/script`).length, 100_000);
  },
};

const strict = ['-o', 'StrictHostKeyChecking=yes', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=3'];

const faults = [
  [noServer, /Connection refused/],
  [refusedKey, /Permission denied \(publickey/],
  [otherHostKey, /REMOTE HOST IDENTIFICATION HAS CHANGED[\s\S]*Host key verification failed/],
  [silentServer, /timed out/],
  [unplugged, /timed out|No route to host/],
];

function asker(fleet) {
  const config = fleet.introduceHere(join(fleet.folder, 'ssh'));
  return (name) => run('ssh', ['-F', config, ...strict, name, 'hostname']);
}

async function isWell(ask, name) {
  const { status, output } = await ask(name);
  assert.deepEqual([status, output], [0, `${name}\n`]);
}
