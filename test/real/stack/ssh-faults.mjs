import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { must } from './process.mjs';
import { makeKey } from './ssh.mjs';

/** Troubles between whoever deploys and a host, each { name, begin, end }. */

/** Connections are refused; one that is open stays. */
export const noServer = (host) => ({
  name: 'SSH server stopped',
  begin: () => host.stopSsh(),
  end: () => host.startSsh(),
});

/** Connections are accepted, by the kernel, and nothing ever says a word on them; nor on those that are open. */
export const silentServer = (host) => ({
  name: 'SSH server hangs',
  begin: () => signalAll(host, 'STOP'),
  end: () => signalAll(host, 'CONT'),
});

/** Another key is let in than the one that there is. */
export const refusedKey = (host) => {
  const path = host.path('/etc/ssh/test_authorized_keys');
  const before = readFileSync(path);
  return {
    name: 'SSH key refused',
    begin: async () => writeFileSync(path, await freshKey(host, (file) => readFileSync(`${file}.pub`))),
    end: () => writeFileSync(path, before),
  };
};

/** The host shows another key than it had: it was set up anew, or is not the host. */
export const otherHostKey = (host) => {
  const path = host.path('/etc/ssh/test_host_key');
  const restarted = async (change) => {
    await host.stopSsh();
    await change();
    await host.startSsh();
  };
  return {
    name: 'host key changed',
    begin: () => restarted(() => freshKey(host, (file) => copyFileSync(file, path))),
    end: () => restarted(() => copyFileSync(host.keys.hostKey, path)),
  };
};

/** Whatever is on its way, in both directions, is lost without a word; connections may go on when it is over. */
export const unplugged = (host) => ({
  name: 'network cable unplugged',
  begin: () => must('ip', ['link', 'set', host.port, 'down']),
  end: () => must('ip', ['link', 'set', host.port, 'up']),
});

/** The server and all of its sessions; what they started goes on. */
async function signalAll(host, signal) {
  const { stdout } = await host.inside('pgrep', ['--exact', 'sshd']);
  await host.inside('kill', ['-s', signal, ...stdout.split('\n').filter(Boolean)]);
}

async function freshKey(host, use) {
  const file = `${host.base}/another_key`;
  await makeKey(file);
  try {
    return use(file);
  } finally {
    for (const name of [file, `${file}.pub`]) rmSync(name);
  }
}
