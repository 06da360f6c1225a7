import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { hasProgram } from '../support/programs.js';
import { type Behaviour, JenkinsProcess } from './jenkins-process.js';
import { LibraryJob, type Start } from './library-job.js';

/** The stand-in for Publish over SSH does what the plugin's source says; else the tests of publishScripts would prove nothing. */
const run = hasProgram('groovy') ? test : test.skip;
jest.setTimeout(300_000);

// Not when the file is loaded: where there is no Groovy every test is skipped, and then this hook does not run.
let jenkins: JenkinsProcess;
beforeAll(() => {
  jenkins = new JenkinsProcess();
});
afterAll(() => jenkins?.stop());

let job: LibraryJob;
beforeEach(() => {
  job = new LibraryJob(jenkins);
});
afterEach(() => job.remove());

const web1 = () => job.host('web1');

describe('Publish over SSH', () => {
  /** `transfers` and options as Groovy text. */
  function publish(transfers: string, { options = '', servers = ['web1'] } = {}): string {
    const publishers = servers.map(
      (name) => `sshPublisherDesc(configName: '${name}', verbose: true, transfers: [${transfers}])`,
    );
    return `sshPublisher(publishers: [${publishers.join(', ')}]${options})\necho('next')\n`;
  }

  function put(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(job.workspace, name)), { recursive: true });
      writeFileSync(join(job.workspace, name), text);
    }
  }

  run('sends files without their prefix, then runs the command in the home', async () => {
    put({ 'release/a.sh': 'echo a is here', 'release/deep/b': '', other: '' });
    const build = await job.build(
      publish(
        "sshTransfer(sourceFiles: 'release/**', removePrefix: 'release', remoteDirectory: 'in', execCommand: 'pwd; sh in/a.sh; ls in')",
      ),
    );
    expect(build.result).toBe('SUCCESS');
    expect(build.log).toContain(`${web1().folder}\na is here\na.sh\ndeep\n`);
    expect(build.log).toContain('Transferred 2 file(s)');
  });

  run('nothing to send is a success, and the command runs', async () => {
    const build = await job.build(publish("sshTransfer(sourceFiles: 'none/*', execCommand: 'echo ran')"));
    expect([build.result, build.log]).toEqual(['SUCCESS', expect.stringMatching(/^ran$/m)]);
    expect(build.log).toContain('Transferred 0 file(s)');
  });

  run(
    'pastes variables of the run and parameters as they are; $$ is a dollar, $? and withEnv are not touched',
    async () => {
      const command = `echo $BUILD_NUMBER \${P} '$$HOME'; (exit 3); echo "$? [$UNKNOWN] [$A]"`;
      const script = `withEnv(['A=1']) { ${publish(`sshTransfer(execCommand: '''${command}''')`)} }\n`;
      const build = await job.build(script, { parameters: { P: 'x; echo pasted' } });
      expect(build.log).toContain('1 x\npasted $HOME\n3 [] []\n');
    },
  );

  run.each([
    ['', 'UNSTABLE'],
    [', failOnError: true', 'FAILURE'],
  ])(
    'an exit code%s: the rest of that server and the next server are left out; it does not throw: %s',
    async (options, result) => {
      const transfers = "sshTransfer(execCommand: 'echo one; exit 9'), sshTransfer(execCommand: 'echo two')";
      const build = await job.build(publish(transfers, { options, servers: ['web1', 'web2'] }));
      expect(build.result).toBe(result);
      expect(build.log).toContain('Exec exit status not zero. Status [9]');
      expect(build.log.match(/^(one|two|next)$/gm)).toEqual(['one', 'next']);
    },
  );

  run('continueOnError goes on with the next server', async () => {
    const options = { options: ', continueOnError: true', servers: ['web1', 'web2'] };
    const build = await job.build(publish("sshTransfer(execCommand: 'echo one; exit 9')", options));
    expect([build.result, build.log.match(/^one$/gm)?.length]).toEqual(['UNSTABLE', 2]);
  });

  run.each<[string, string, Start]>([
    ['after FAILURE', "execCommand: 'echo ran'", { result: 'FAILURE' }],
    ['after ABORTED', "execCommand: 'echo ran'", { result: 'ABORTED' }],
    ['after NOT_BUILT', "execCommand: 'echo ran'", { result: 'NOT_BUILT' }],
  ])('%s it only says that it does not run', async (_, transfer, start) => {
    put({ f: '' });
    const { log, calls, result } = await job.build(
      publish(`sshTransfer(sourceFiles: 'f', ${transfer})`),
      start,
    );
    expect(log).toContain(`SSH: Current build result is [${start.result}], not going to run.\nnext\n`);
    expect([result, calls[0]?.step, existsSync(join(web1().folder, 'f'))]).toEqual([
      start.result,
      'sshPublisher',
      false,
    ]);
    expect(log).not.toMatch(/^ran$/m);
  });

  run.each<[string, string, Start]>([
    [
      'a prefix that a file does not have',
      "sourceFiles: 'f', removePrefix: 'g', execCommand: 'echo ran'",
      {},
    ],
    ['neither files nor a command', '', {}],
    ['a server that refuses', "execCommand: 'echo ran'", { behaviours: { web1: 'refuse' } }],
  ])('%s is a failure before the command, and throws nothing', async (_, transfer, start) => {
    put({ f: '' });
    const { log, result } = await job.build(publish(`sshTransfer(${transfer})`), start);
    expect([result, log]).toEqual(['UNSTABLE', expect.stringMatching(/^ERROR: .+\nnext$/m)]);
    expect(log).not.toMatch(/^ran$/m);
    expect(existsSync(join(web1().folder, 'f'))).toBe(false);
  });

  run('so is a server that the configuration does not have', async () => {
    const { log, result } = await job.build(
      publish("sshTransfer(execCommand: 'echo ran')", { servers: ['web9'] }),
    );
    expect([result, log]).toEqual([
      'UNSTABLE',
      expect.stringMatching(
        /^ERROR: Failed to find configuration named \[web9\] check the global configuration\nnext$/m,
      ),
    ]);
  });

  run('after UNSTABLE it still runs', async () => {
    const build = await job.build(publish("sshTransfer(execCommand: 'echo ran')"), { result: 'UNSTABLE' });
    expect(build.log).toMatch(/^ran$/m);
  });

  run('without verbose the output is not shown', async () => {
    const script = publish("sshTransfer(execCommand: 'echo ran')").replace('verbose: true', 'verbose: false');
    expect((await job.build(script)).log).not.toMatch(/^ran$/m);
  });

  run(
    'get fetches from the root into a folder that exists, else into the workspace; a missing file is no error',
    async () => {
      put({ 'there/x': '' });
      const gets = ['in/made there', 'in/made nowhere', 'in/missing there'].map(
        (words) => `sshTransfer(execCommand: 'get ${words}', useSftpForExec: true)`,
      );
      const transfers = ["sshTransfer(execCommand: 'mkdir -p in; echo fetched >in/made')", ...gets].join(
        ', ',
      );
      const build = await job.build(publish(transfers));
      expect([build.result, job.read('there/made'), job.read('made')]).toEqual([
        'SUCCESS',
        'fetched\n',
        'fetched\n',
      ]);
      expect([job.has('nowhere'), job.has('there/missing')]).toEqual([false, false]);
      expect(build.log).toContain('No such file');
    },
  );

  run.each(['drop', 'timeout'] as const)(
    '%s: the command runs on, the rest is left out',
    async (behaviour) => {
      const transfers = "sshTransfer(execCommand: 'echo on >went'), sshTransfer(execCommand: 'echo two')";
      const build = await job.build(publish(transfers), { behaviours: { web1: behaviour } });
      expect(build.result).toBe('UNSTABLE');
      expect(web1().capture('cat', join(web1().folder, 'went'))).toBe('on\n');
      expect(build.log).not.toMatch(/^two$/m);
    },
  );

  run(
    'files arrive without their mode, those of one folder only with *, and none that are excluded',
    async () => {
      put({ 'release/a.sh': 'x', 'release/secret': '', 'release/deep/b': '', 'c/d': '' });
      chmodSync(join(job.workspace, 'release/a.sh'), 0o755);
      const build = await job.build(
        publish(
          "sshTransfer(sourceFiles: 'release/*, c/*', excludes: '**/secret', execCommand: 'find release c -type f')",
        ),
      );
      expect(build.log.match(/^(release|c)\/.*$/gm)?.sort()).toEqual(['c/d', 'release/a.sh']);
      expect(statSync(join(web1().folder, 'release/a.sh')).mode & 0o555).toBe(0o444);
    },
  );

  run.each<[Behaviour, string, boolean, string[]]>([
    ['nothing', 'SUCCESS', false, ['ran']],
    ['forced', 'SUCCESS', true, []],
    ['late', 'UNSTABLE', true, ['ran']],
  ])('a server that is "%s": %s', async (behaviour, result, arrives, output) => {
    put({ f: '' });
    const transfer = publish("sshTransfer(sourceFiles: 'f', execCommand: 'echo ran')");
    const build = await job.build(transfer, { behaviours: { web1: behaviour } });
    expect([build.result, existsSync(join(web1().folder, 'f'))]).toEqual([result, arrives]);
    expect(build.log.match(/^ran$/gm) ?? []).toEqual(output);
  });

  run('each server has its own root and home', async () => {
    const transfer = "sshTransfer(sourceFiles: 'f', execCommand: 'pwd')";
    put({ f: '' });
    const { log } = await job.build(publish(transfer, { servers: ['web1', 'web2'] }));
    for (const host of [web1(), job.host('web2')]) {
      expect(log).toContain(`\n${host.folder}\n`);
      expect(existsSync(join(host.folder, 'f'))).toBe(true);
    }
  });

  run.each<[string, string, Start]>([
    [
      "sourceFiles: 'f', removePrefix: 'g'",
      'Failed to remove prefix from file named [f]. Prefix [g/] must be present in all file paths',
      {},
    ],
    ['', 'An SSH Transfer Set must not have an empty Source files and an empty Exec command - ', {}],
    ["execCommand: 'exit 9'", 'Exec exit status not zero. Status [9]', {}],
    [
      "execCommand: 'true'",
      'Failed to connect and initialize SSH connection. Message: [Failed to connect session for config [web1]. Message [',
      { behaviours: { web1: 'refuse' } },
    ],
  ])('says it in the words of the plugin: %s', async (transfer, words, start) => {
    put({ f: '' });
    const { log } = await job.build(publish(`sshTransfer(${transfer})`), start);
    expect(log).toContain(`ERROR: Exception when publishing, exception message [${words}`);
  });
});
