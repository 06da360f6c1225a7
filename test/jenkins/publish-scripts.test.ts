import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { hasProgram } from '../support/programs.js';
import { type BuildResult, JenkinsProcess } from './jenkins-process.js';
import { canTellHostsApart, LibraryJob, SETTINGS } from './library-job.js';

const run = hasProgram('groovy') && canTellHostsApart ? test : test.skip;
// Several builds each, on a machine that runs other tests as well.
jest.setTimeout(300_000);
const jenkins = new JenkinsProcess();
afterAll(() => jenkins.stop());

let job: LibraryJob;
beforeEach(() => {
  job = new LibraryJob(jenkins);
});
afterEach(() => job.remove());

/** As little as there can be around the two steps. */
function pipeline(options = "servers: ['web1', 'web2', 'web3']"): string {
  return `node('') {
    checkout([$class: 'GitSCM', branches: [[name: env.gitlabSourceBranch]], userRemoteConfigs: scm.userRemoteConfigs])
    genScripts(lint: 'off')
    sh 'if [ -f release/build.sh ]; then sh release/build.sh; fi'
    publishScripts(${options})
}
`;
}

/** The last lines of a log, as somebody reads them. */
function end({ log }: BuildResult): string[] {
  return log.trimEnd().split('\n').slice(-2);
}

async function deploy(tag: string, behaviour?: string): Promise<BuildResult> {
  job.tag(tag, behaviour);
  return job.push(tag, pipeline());
}

const STATUS = 'sh /proc/self/cwd/inbox/rollback.sh --status';

run('every host gets the version; the page and the log say so', async () => {
  await deploy('v1');
  const build = await deploy('v2');
  expect(job.serving()).toEqual(['v2', 'v2', 'v2']);
  expect(build).toMatchObject({
    result: 'SUCCESS',
    displayName: '#2 v2',
    description: 'v1 → v2; web1, web2 and web3 run v2; a rollback goes to v1',
  });
  expect(end(build)).toEqual(['web1, web2 and web3 run v2.', 'Finished: SUCCESS']);
  expect(build.log).toMatch(/^web2 +citest +v1 +v2 +\d+ +healthy \(0\) +v1$/m);
});

run(
  'a version that is broken on the second of three hosts: FAILURE, and one sentence at the end',
  async () => {
    await deploy('v1');
    job.host('web2').sim('fault', 'call=start nth=1 do=fail-before');
    const build = await deploy('v2');
    expect(job.serving()).toEqual(['v2', 'v1', 'v1']);
    expect(build).toMatchObject({ result: 'FAILURE', displayName: '#2 v2' });
    expect(end(build)).toEqual([
      'ERROR: web2: v2 failed and v1 runs again; web1 runs v2; web3 was not touched: repair the new version and deploy again, do not roll back.',
      'Finished: FAILURE',
    ]);
    expect(build.calls.filter(({ step }) => step === 'sshPublisher')).toHaveLength(2);
  },
);

run('a version that is broken everywhere stops at the first host, or goes on if told to', async () => {
  await deploy('v1');
  expect((await deploy('v2', 'crash')).log).toContain(
    'ERROR: web1: v2 failed and v1 runs again; web2 and web3 were not touched',
  );
  job.tag('v3', 'crash');
  const build = await job.push('v3', pipeline("servers: ['web1', 'web2'], keepGoing: true"));
  expect(build.result).toBe('FAILURE');
  expect(end(build)[0]).toMatch(/^ERROR: web1 and web2: v3 failed and v1 runs again: /);
  expect(job.serving()).toEqual(['v1', 'v1', 'v1']);
});

run('a first deploy that fails leaves nothing running, and that is said loudest', async () => {
  const build = await deploy('v1', 'crash');
  expect(build.result).toBe('FAILURE');
  expect(end(build)[0]).toBe(
    `ERROR: web1: v1 failed and NOTHING HEALTHY RUNS; web2 and web3 were not touched: look on web1 now: ${STATUS}.`,
  );
});

run('Chinese, and one server by name', async () => {
  job.tag('v1');
  const build = await job.push('v1', pipeline("servers: 'web2', lang: 'zh'"));
  expect(end(build)[0]).toBe('web2 正在运行 v1。');
  expect(build.description).toBe('web2 正在运行 v1');
  expect(job.serving()).toEqual([undefined, 'v1', undefined]);
});

run("nothing transferred: yesterday's script refuses, and the build fails", async () => {
  await deploy('v1');
  job.tag('v2');
  const build = await job.push('v2', pipeline(), { behaviours: { web1: 'nothing' } });
  expect(build.result).toBe('FAILURE');
  expect(end(build)[0]).toMatch(
    /^ERROR: web1: the answer is of another build, so nothing of this one arrived; /,
  );
  expect(job.serving()).toEqual(['v1', 'v1', 'v1']);
});

run('nothing transferred to an empty host: no answer', async () => {
  job.tag('v1');
  const build = await job.push('v1', pipeline(), { behaviours: { web1: 'nothing' } });
  expect(end(build)[0]).toMatch(
    /^ERROR: web1: no answer, its state is not known; web2 and web3 were not touched: /,
  );
});

run("an answer that stayed from another host is not taken for this one's", async () => {
  job.tag('v1');
  const build = await job.push('v1', pipeline(), { behaviours: { web2: 'refuse' } });
  expect(build.result).toBe('FAILURE');
  expect(end(build)[0]).toMatch(
    /^ERROR: web2: no answer, its state is not known; web1 runs v1; web3 was not touched: /,
  );
  expect(build.log).toContain('Connection refused');
});

run.each(['drop', 'timeout'] as const)(
  'the connection is lost (%s): the script goes on, and that is said',
  async (behaviour) => {
    job.tag('v1');
    const build = await job.push('v1', pipeline("servers: 'web1'"), { behaviours: { web1: behaviour } });
    expect(build.result).toBe('FAILURE');
    expect(end(build)[0]).toBe(
      `ERROR: web1: no answer, its state is not known: the script may still be running there, look on web1: ${STATUS}.`,
    );
    expect(job.host('web1').serves()).toBe('v1');
  },
);

run('an unknown server is no answer', async () => {
  job.tag('v1');
  const build = await job.push('v1', pipeline("servers: 'web9'"));
  expect(end(build)[0]).toMatch(/^ERROR: web9: no answer/);
  expect(build.log).toContain('Failed to find configuration named [web9]');
});

run('a lock that somebody else holds, for long', async () => {
  await deploy('v1');
  job.write({
    'gen-scripts.yml': `${readFileSync(`${job.repository}/gen-scripts.yml`, 'utf8')}lockWait: 1s\n`,
  });
  const host = job.host('web1');
  const holder = host.hold(`${host.history}.lock`);
  try {
    const build = await deploy('v2');
    expect(end(build)[0]).toMatch(/^ERROR: web1 is busy with another run and did nothing; /);
  } finally {
    holder.kill();
  }
});

run('a build that has failed already sends nothing, because the plugin would not', async () => {
  job.tag('v1');
  const build = await job.push('v1', pipeline(), { result: 'FAILURE' });
  expect(end(build)[0]).toMatch(/^ERROR: publishScripts: this build is FAILURE already/);
  expect(build.calls.map(({ step }) => step)).not.toContain('sshPublisher');
});

run('an abort says that the script goes on, and is passed on', async () => {
  await deploy('v1');
  job.tag('v2');
  const build = await job.push('v2', pipeline(), { abortAt: 'web2' });
  expect(build.result).toBe('ABORTED');
  expect(build.log).toContain(
    'publishScripts: interrupted at web2. A script that has started there goes on to its end',
  );
  expect(job.serving()).toEqual(['v2', 'v1', 'v1']);
  expect(build.description).toBe(
    'v1 → v2; web2: no answer, its state is not known; web1 runs v2; web3 was not touched; a rollback goes to v1',
  );
});

run('a step that breaks leaves that host unknown, and the build fails', async () => {
  job.tag('v1');
  const build = await job.push('v1', pipeline(), { failing: { sshPublisher: 'channel is closing down' } });
  expect(build.result).toBe('FAILURE');
  expect(build.log).toContain('publishScripts: web1: channel is closing down');
  expect(end(build)[0]).toMatch(/^ERROR: web1: no answer, its state is not known; web2 and web3 were not/);
});

run('two calls at the same time, as in `parallel`: nobody takes the answer of another', async () => {
  await deploy('v1');
  job.tag('v2');
  // Runs while the first call waits for its host, and does not get any answer.
  const meanwhile =
    "meanwhile = { try { publishScripts(servers: 'web2') } catch (e) { echo('other: ' + e.message) } }";
  const build = await job.push('v2', `${meanwhile}\n${pipeline("servers: 'web1'")}`, {
    behaviours: { web2: 'refuse' },
  });
  expect(job.serving()).toEqual(['v2', 'v1', 'v1']);
  expect(build.log).toContain('other: web2: no answer, its state is not known: ');
  expect(end(build)[0]).toBe('web1 runs v2.');
  expect(build.description).toBe(
    'v1 → v2; web1 runs v2; a rollback goes to v1; web2: no answer, its state is not known',
  );
});

run('a connection that breaks after the answer: it counts, and UNSTABLE is explained', async () => {
  job.tag('v1');
  const build = await job.push('v1', pipeline("servers: ['web1', 'web2']"), { behaviours: { web1: 'late' } });
  expect([build.result, ...job.serving()]).toEqual(['UNSTABLE', 'v1', 'v1', undefined]);
  expect(build.log).toContain('Publish over SSH had trouble (see above) and made this build UNSTABLE');
  expect(end(build)[0]).toBe('web1 and web2 run v1.');
});

run(
  'a server that runs something else leaves the answer of an earlier build: no answer of this one',
  async () => {
    await deploy('v1');
    job.tag('v2');
    const build = await job.push('v2', pipeline(), { behaviours: { web1: 'forced' } });
    expect(build.result).toBe('FAILURE');
    expect(end(build)[0]).toMatch(/^ERROR: web1: the answer is of another build/);
    expect(job.serving()).toEqual(['v1', 'v1', 'v1']);
  },
);

run('without the plugin Publish over SSH, one sentence', async () => {
  job.tag('v1');
  const build = await job.push('v1', pipeline(), { missing: ['sshPublisher'] });
  expect(build.description ?? '').toBe('');
  expect(end(build)[0]).toMatch(
    /^ERROR: publishScripts needs the plugin Publish over SSH \(No such DSL method 'sshPublisher'/,
  );
});

run('a project without publish.remoteRoot cannot be sent, and is told what to set', async () => {
  job.write({ 'gen-scripts.yml': 'app: citest\nimage: registry.example.com/team/citest\n' });
  const build = await deploy('v1');
  expect(build.result).toBe('FAILURE');
  expect(build.log).toContain('set publish.remoteRoot');
  expect(build.calls.map(({ step }) => step)).not.toContain('sshPublisher');
});

/** One version of two apps of one repository. */
async function deployApps(options = "servers: ['web1', 'web2']"): Promise<BuildResult> {
  const settings = (app: string, port: number) =>
    `app: ${app}\nimage: registry.example.com/team/${app}\ncontainer: { ports: ["${port}:80"] }\nhealth: { settle: 1s }\n` +
    `history: { file: /proc/self/cwd/data/${app}_history }\npublish: { remoteRoot: /proc/self/cwd, remoteDirectory: in/${app} }\n`;
  job.write({ 'web.yml': settings('web', 8080), 'api.yml': settings('api', 8081) });
  job.tag('v1');
  const script = `node('') {
    checkout(scm)
    def manifest = genScripts(config: ['web.yml', 'api.yml'], lint: 'off')
    echo('apps: ' + manifest.apps.collect { it.app + ' ' + it.image }.join(', '))
    sh 'for b in release/*/build.sh; do sh "$b" || exit; done'
    publishScripts(${options})
}
`;
  return job.push('v1', script);
}

run('several apps: each in its order, on each server, told apart', async () => {
  const build = await deployApps();
  expect(build.log).toContain(
    'apps: web registry.example.com/team/web:v1, api registry.example.com/team/api:v1',
  );
  expect(end(build)[0]).toBe('web on web1 and web2 run v1; api on web1 and web2 run v1.');
  expect(['8080', '8081'].map((port) => job.host('web2').serves(port))).toEqual(['v1', 'v1']);
});

run(
  'an app that fails keeps the further ones from that server, whether or not to go on with the next',
  async () => {
    job.host('web1').sim('fault', 'call=start nth=1 do=fail-before');
    const build = await deployApps("servers: ['web1', 'web2'], keepGoing: true");
    expect(end(build)[0]).toMatch(
      /^ERROR: web on web1: v1 failed and NOTHING HEALTHY RUNS; web on web2 runs v1; api on web2 runs v1; api on web1 was not touched: /,
    );
    expect(['8080', '8081'].map((port) => job.host('web1').serves(port))).toEqual([undefined, undefined]);
  },
);

run('two environments in one build: both are told on the page', async () => {
  job.tag('v1');
  const script = pipeline("servers: 'web1'").replace(/}\n$/, "    publishScripts(servers: 'web3')\n}\n");
  const build = await job.push('v1', script);
  expect([build.result, ...job.serving()]).toEqual(['SUCCESS', 'v1', undefined, 'v1']);
  expect(build.description).toBe('web1 runs v1; web3 runs v1');
});

run('tried again: the page says what became of it, once', async () => {
  job.tag('v1');
  await job.push('v1', pipeline());
  job.tag('v2');
  job.host('web1').sim('fault', 'call=start nth=1 do=fail-before');
  const script = pipeline("servers: 'web1'").replace(
    /publishScripts\((.*)\)/,
    "try { publishScripts($1) } catch (e) { echo('again: ' + e.message); publishScripts($1) }",
  );
  const build = await job.push('v2', script);
  expect([build.result, build.description]).toEqual([
    'SUCCESS',
    'v1 → v2; web1 runs v2; a rollback goes to v1',
  ]);
  expect(build.log).toContain('again: web1: v2 failed and v1 runs again');
});

run('names that are no plain strings', async () => {
  job.tag('v1');
  const script = `def n = 1\n${pipeline('servers: ["web${n}", " web2 "]')}`;
  const build = await job.push('v1', script);
  expect([build.result, end(build)[0]]).toEqual(['SUCCESS', 'web1 and web2 run v1.']);
});

run.each([
  ['servers: []', "servers: '[]', expected String or List"],
  ['servers: [1]', "servers: '[1]', expected String or List"],
  ["servers: 'web1', keepgoing: true", "unknown key 'keepgoing', expected one of servers, keepGoing, lang"],
  ["servers: 'web1,web2'", "servers: 'web1,web2', expected one name, or a list: ['...', '...']"],
  ["servers: ['web1', 'web1']", "servers: 'web1' is there twice"],
  ["'web1'", "expected keys with values, such as servers: '...'"],
  ["servers: 'web1', lang: 'de'", "lang: 'de', expected en or zh"],
])('publishScripts(%s) is refused', async (options, fault) => {
  const build = await job.build(`publishScripts(${options})\n`);
  expect(end(build)).toEqual([`ERROR: publishScripts: ${fault}`, 'Finished: FAILURE']);
});

const HOSTS = 'hosts:\n  web1:\n  web2:\n  web3:\n';

describe('a rollout', () => {
  const withRollout = (rollout: string) =>
    job.write({ 'gen-scripts.yml': `${SETTINGS}${HOSTS}rollout: ${rollout}\n` });
  const asked = ({ calls }: BuildResult) =>
    calls
      .filter(({ step }) => step === 'sshPublisher')
      .map(({ arguments: { publishers } }) => (publishers as { configName: string }[])[0]?.configName);

  run('goes to the hosts of the settings: the canary, then the others at the same time', async () => {
    withRollout('{ canary: 1, batch: 2, wait: 30s }');
    job.tag('v1');
    const build = await job.push('v1', pipeline(''));
    expect(build.result).toBe('SUCCESS');
    expect(job.serving()).toEqual(['v1', 'v1', 'v1']);
    expect(asked(build)[0]).toBe('web1');
    expect(build.calls.filter(({ step }) => step === 'parallel').map((call) => call.arguments)).toEqual([
      { branches: ['web2', 'web3'] },
    ]);
    expect(build.calls.filter(({ step }) => step === 'sleep').map((call) => call.arguments)).toEqual([
      { time: 30, unit: 'SECONDS' },
    ]);
    expect(end(build)[0]).toBe('web1, web2 and web3 run v1.');
  });

  run('that fails on one of three hosts ends with all of them on the old version', async () => {
    withRollout('{ batch: 2, onFailure: rollback }');
    await deploy('v1');
    job.host('web3').sim('fault', 'call=start nth=1 do=fail-before');
    const build = await deploy('v2');
    expect(job.serving()).toEqual(['v1', 'v1', 'v1']);
    expect(build.result).toBe('FAILURE');
    expect(end(build)[0]).toBe(
      'ERROR: web3: v2 failed and v1 runs again; web1 and web2 were rolled back to v1: repair the new version and deploy again, do not roll back.',
    );
    expect(build.log).toMatch(
      /^web1 +citest +v2 +v1 +\d+ +rolled back, because other hosts failed \(0\) +-$/m,
    );
    // The next build brings all of them to the same version.
    expect((await deploy('v3')).result).toBe('SUCCESS');
    expect(job.serving()).toEqual(['v3', 'v3', 'v3']);
  });

  run('is gone on with by the next build, which passes over what is there', async () => {
    withRollout('{ batch: 1 }');
    await deploy('v1');
    job.host('web2').sim('fault', 'call=start nth=1 do=fail-before');
    await deploy('v2');
    expect(job.serving()).toEqual(['v2', 'v1', 'v1']);
    const again = await job.push('v2', pipeline());
    expect(again.result).toBe('SUCCESS');
    expect(again.log).toMatch(/^web1 +citest .* unchanged, it was healthy already/m);
    expect(job.serving()).toEqual(['v2', 'v2', 'v2']);
  });

  run('back from a version, wherever it runs', async () => {
    withRollout('{ batch: 3 }');
    await deploy('v1');
    job.host('web2').sim('fault', 'call=start nth=1 do=fail-before');
    job.tag('v2');
    await job.push('v2', pipeline("servers: ['web1', 'web2']"));
    expect(job.serving()).toEqual(['v2', 'v1', 'v1']);
    const back = await job.build(pipeline('').replace('env.gitlabSourceBranch', "'main'"), {
      parameters: {
        CTRL_BUILD: false,
        ROLLBACK_TO: '',
        ROLLBACK_STEPS: '',
        ROLLBACK_FROM: 'v2',
        GIT_TAG: '',
      },
    });
    expect(back.result).toBe('SUCCESS');
    expect(job.serving()).toEqual(['v1', 'v1', 'v1']);
  });

  run('scripts of its own for a host', async () => {
    const yml = `${SETTINGS}hosts: { web1: , web2: { container: { env: { ROLE: second } } } }\nrollout: { batch: 2 }\n`;
    job.write({ 'gen-scripts.yml': yml });
    job.tag('v1');
    const build = await job.push('v1', pipeline('').replaceAll('release/build.sh', 'release/web1/build.sh'));
    expect(build.result).toBe('SUCCESS');
    expect(job.serving()).toEqual(['v1', 'v1', undefined]);
    expect(
      job
        .host('web2')
        .calls()
        .some((call) => call.includes('ROLE=second')),
    ).toBe(true);
    expect(
      job
        .host('web1')
        .calls()
        .some((call) => call.includes('ROLE=second')),
    ).toBe(false);
  });

  run('a server that is not in the settings', async () => {
    withRollout('{ batch: 2 }');
    job.tag('v1');
    expect(end(await job.push('v1', pipeline("servers: 'web9'")))[0]).toBe(
      "ERROR: publishScripts: servers: 'web9', expected one of hosts: in gen-scripts.yml: web1, web2, web3",
    );
  });
});

run('no servers at all', async () => {
  job.tag('v1');
  expect(end(await job.push('v1', pipeline('')))[0]).toBe(
    'ERROR: publishScripts: servers is needed, or hosts: in gen-scripts.yml',
  );
});
