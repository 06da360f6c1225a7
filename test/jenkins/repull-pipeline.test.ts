import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { hasProgram } from '../support/programs.js';
import { type BuildResult, JenkinsProcess } from './jenkins-process.js';
import { canTellHostsApart, LibraryJob, SETTINGS, type Start } from './library-job.js';

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

/** ShellCheck is left out where it is not the matter: it takes a second. */
function pipeline(options = ''): string {
  return `@Library('gen-scripts@v0.1.0') _\n\nrepullPipeline(servers: 'web1', lint: 'off'${options})\n`;
}

const DEFAULTS = { CTRL_BUILD: true, ROLLBACK_TO: '', ROLLBACK_STEPS: '', GIT_TAG: '' };

function byHand(parameters: Start['parameters'] = {}): Start {
  const causes = [{ _class: 'hudson.model.Cause$UserIdCause', userId: 'li.lei', userName: 'Li Lei' }];
  return { parameters: { ...DEFAULTS, ...parameters }, causes };
}

function stages({ log }: BuildResult): string[] {
  return [...log.matchAll(/^\[Pipeline\] \{ \((.*)\)$/gm)].map(([, name]) => name ?? '');
}

const lastLine = ({ log }: BuildResult) => log.trimEnd().split('\n').at(-2);
const propertiesOf = ({ calls }: BuildResult) =>
  calls.find(({ step }) => step === 'properties')?.arguments.properties ?? [];
/** What the question for approval said. */
const askedIn = ({ calls }: BuildResult) => calls.find(({ step }) => step === 'input')?.arguments;
const statesOf = ({ calls }: BuildResult) =>
  calls.filter(({ step }) => step === 'updateGitlabCommitStatus').map((call) => call.arguments.state);
const web1 = () => job.host('web1');

async function deploy(...tags: string[]): Promise<void> {
  for (const tag of tags) {
    job.tag(tag);
    expect((await job.push(tag, pipeline())).result).toBe('SUCCESS');
  }
}

describe('what a build does', () => {
  run('a pushed tag is deployed as that tag, although the checkbox is ticked by default', async () => {
    job.tag('v1');
    job.tag('v2');
    const build = await job.push('v1', pipeline());
    expect([build.result, web1().serves(), stages(build)]).toEqual([
      'SUCCESS',
      'v1',
      ['Scripts', 'Build', 'Deploy'],
    ]);
    expect(build.log).toContain('deploy of registry.example.com/team/citest:v1:');
    expect(web1().lines('.journal').at(-1)).toContain('Han Meimei');
  });

  run('a pushed tag is never a rollback: with the checkbox unticked by default it is an error', async () => {
    await deploy('v1', 'v2');
    const build = await job.push('v2', pipeline(), { parameters: { ...DEFAULTS, CTRL_BUILD: false } });
    expect([build.result, web1().serves()]).toEqual(['FAILURE', 'v2']);
    expect(build.log).toContain('[GS063]');
  });

  run('the first build of a job has no parameters yet: it deploys what git describes', async () => {
    job.tag('v1');
    const build = await job.build(pipeline());
    expect([build.result, web1().serves()]).toEqual(['SUCCESS', 'v1']);
  });

  run('by hand, ticked: a manual build, and the journal says who', async () => {
    await deploy('v1');
    job.tag('v2');
    const build = await job.build(pipeline(), byHand());
    expect([build.result, web1().serves(), build.displayName]).toEqual([
      'SUCCESS',
      'v2_manual_2',
      '#2 v2_manual_2',
    ]);
    expect(web1().lines('.journal').at(-1)).toContain('li.lei');
  });

  run('by hand, with GIT_TAG: the sources of that tag', async () => {
    await deploy('v1');
    job.tag('v2');
    job.tag('v3');
    const build = await job.build(pipeline(), byHand({ GIT_TAG: 'v2' }));
    expect([build.result, web1().serves()]).toEqual(['SUCCESS', 'v2_manual_2']);
    expect(job.read('Dockerfile')).toContain('VERSION=v2');
  });

  run('unticked: a rollback; nothing is built; to a target, by steps', async () => {
    await deploy('v1', 'v2', 'v3', 'v4');
    const build = await job.build(pipeline(), byHand({ CTRL_BUILD: false }));
    expect([build.result, web1().serves(), stages(build)]).toEqual([
      'SUCCESS',
      'v3',
      ['Scripts', 'Rollback'],
    ]);
    expect(build).toMatchObject({
      displayName: '#5 rollback to v3',
      description: 'v4 → v3; web1 runs v3; a rollback goes to v2, then v1',
    });
    await job.build(pipeline(), byHand({ CTRL_BUILD: false, ROLLBACK_TO: 'v2' }));
    expect(web1().serves()).toBe('v2');
    await job.build(pipeline(), byHand({ CTRL_BUILD: false, ROLLBACK_STEPS: '1' }));
    expect(web1().serves()).toBe('v1');
    const none = await job.build(pipeline(), byHand({ CTRL_BUILD: false }));
    expect([none.result, web1().serves()]).toEqual(['UNSTABLE', 'v1']);
    expect(lastLine(none)).toMatch(/^WARNING: web1 has nothing to roll back to|^\+ rm -f/);
  });

  run('a timer or another job starts it with the defaults: a manual build', async () => {
    job.tag('v1');
    const causes = [{ _class: 'hudson.triggers.TimerTrigger$TimerTriggerCause' }];
    const build = await job.build(pipeline(), { parameters: DEFAULTS, causes });
    expect([build.result, web1().serves()]).toEqual(['SUCCESS', 'v1_manual_1']);
  });

  run('findings of ShellCheck never stop a rollback', async () => {
    await deploy('v1', 'v2');
    job.write({ 'deploy/docker/partials/status.hbs': '\nshow_status() {\n\techo $1\n\texit 0\n}\n' });
    job.tag('v3');
    const script = "repullPipeline(servers: 'web1', templates: 'deploy')\n";
    const build = await job.build(script, byHand({ CTRL_BUILD: false }));
    expect([build.result, web1().serves()]).toEqual(['UNSTABLE', 'v1']);
  });

  run('a push to a branch is no release', async () => {
    job.tag('v1');
    const build = await job.build(pipeline(), { ...byHand(), variables: { gitlabSourceBranch: 'main' } });
    expect(build.result).toBe('FAILURE');
    expect(lastLine(build)).toMatch(
      /^ERROR: repullPipeline deploys pushed tags only, and this build was started by main/,
    );
    expect(build.calls.map(({ step }) => step)).toEqual(['properties', 'error']);
  });

  // Not one test each: a job with two deploys takes its time.
  const HOSTILE = [
    { ROLLBACK_TO: '$(touch pwned)', CTRL_BUILD: false },
    { ROLLBACK_TO: "v1'; touch pwned; '", CTRL_BUILD: false },
    { ROLLBACK_TO: 'v1\ntouch pwned', CTRL_BUILD: false },
    { ROLLBACK_STEPS: '1; touch pwned', CTRL_BUILD: false },
    { GIT_TAG: '--upload-pack=touch pwned' },
    { GIT_TAG: '`touch pwned`' },
    { GIT_TAG: '$(touch pwned)' },
    { GIT_TAG: 'v1\ntouch pwned' },
  ];

  run('nothing in a parameter is executed', async () => {
    await deploy('v1', 'v2');
    for (const parameters of HOSTILE) {
      const { result } = await job.build(pipeline(), byHand(parameters));
      expect([parameters, result, web1().serves()]).toEqual([parameters, 'FAILURE', 'v2']);
    }
    for (const folder of [job.workspace, job.repository, web1().folder, web1().inbox])
      expect(job.hasIn(folder, 'pwned')).toBe(false);
  });

  run('a branch that is named like a tag is not deployed', async () => {
    job.tag('v1');
    job.branch('refs/tags/v9');
    const build = await job.push('v9', pipeline());
    expect([build.result, web1().serves()]).toEqual(['FAILURE', undefined]);
    expect(lastLine(build)).toMatch(
      /^ERROR: repullPipeline: what was checked out is not 'refs\/tags\/v9': is there such a tag, or only a branch\?/,
    );
  });

  run('a tag that is not there', async () => {
    job.tag('v1');
    const build = await job.build(pipeline(), byHand({ GIT_TAG: 'v8' }));
    expect(lastLine(build)).toMatch(
      /^ERROR: repullPipeline: cannot check out 'refs\/tags\/v8'; has this tag been pushed\? /,
    );
  });

  run('a tag that the Git plugin would take for a pattern or a variable is not checked out', async () => {
    for (const tag of ['*', 'v?', '$HOME', '${HOME}', 'v1 v2', '~1', 'v1:x', '[v]1']) {
      const build = await job.build(pipeline(), byHand({ GIT_TAG: tag }));
      expect(lastLine(build)).toBe(
        `ERROR: repullPipeline: 'refs/tags/${tag}' cannot be the name of a git tag here`,
      );
      expect(build.calls.map(({ step }) => step)).not.toContain('checkout');
    }
  });
});

describe('a build that ends before any host is asked', () => {
  run('says so on its page, and archives no scripts of an earlier one', async () => {
    await deploy('v1');
    expect(job.has('release/repull.sh')).toBe(true);
    const build = await job.build(pipeline(), byHand({ CTRL_BUILD: false, ROLLBACK_STEPS: 'two' }));
    expect(build).toMatchObject({ result: 'FAILURE', archived: [] });
    expect(build.description).toBe('failed before any host was asked, nothing was changed there');
  });

  run('in Chinese', async () => {
    const build = await job.build(pipeline(", lang: 'zh'"), { failing: { checkout: 'no such repository' } });
    expect(build.description).toBe('失败：尚未连接任何主机，未做任何改变');
    expect(lastLine(build)).toBe('ERROR: no such repository');
  });
});

/** A PATH with git and what it needs, and nothing else. */
function pathWithoutNode(): string {
  const bin = join(job.folder, 'bin');
  mkdirSync(bin);
  for (const name of ['git', 'sh', 'rm']) {
    const [folder = ''] = (process.env.PATH ?? '')
      .split(delimiter)
      .filter((path) => existsSync(join(path, name)));
    symlinkSync(join(folder, name), join(bin, name));
  }
  return bin;
}

/** An agent on which node works until a host has answered. */
function agentThatBreaks(): string {
  const tool = join(job.folder, 'tool');
  mkdirSync(join(tool, 'bin'), { recursive: true });
  writeFileSync(
    join(tool, 'bin', 'node'),
    `#!/bin/sh\n! grep -rqs gen-scripts-outcome .gen-scripts/outcomes || exit 1\nexec '${process.execPath}' "$@"\n`,
    { mode: 0o755 },
  );
  return tool;
}

run.each([
  ['', 'begun on web1, no report yet'],
  [", lang: 'zh'", '已在 web1 上开始，尚无报告'],
])(
  'an agent that breaks after a host was asked: nobody says that nothing was changed (%s)',
  async (options, said) => {
    job.tag('v1');
    const tools = { broken: agentThatBreaks() };
    const build = await job.push('v1', pipeline(`, nodejs: 'broken'${options}`), { tools });
    expect([build.result, build.description, web1().serves()]).toEqual(['FAILURE', said, 'v1']);
    expect(build.log).toContain('publishScripts: no report: ');
  },
);

describe('settings of the job', () => {
  run('one build at a time, and the parameters', async () => {
    job.tag('v1');
    const properties = propertiesOf(await job.build(pipeline()));
    expect(properties.map(({ symbol }: { symbol: string }) => symbol)).toEqual([
      'disableConcurrentBuilds',
      'parameters',
    ]);
    expect(properties[1].parameterDefinitions).toMatchObject([
      { symbol: 'booleanParam', name: 'CTRL_BUILD', defaultValue: true },
      { symbol: 'string', name: 'ROLLBACK_TO', defaultValue: '' },
      { symbol: 'string', name: 'ROLLBACK_STEPS', defaultValue: '' },
      { symbol: 'string', name: 'ROLLBACK_FROM', defaultValue: '' },
      { symbol: 'string', name: 'GIT_TAG', defaultValue: '' },
    ]);
  });

  run('the GitLab trigger lets tags through only, and the result goes back', async () => {
    job.tag('v1');
    const build = await job.push('v1', pipeline(", gitlab: [trigger: true, connection: 'gitlab']"));
    expect(propertiesOf(build).slice(2)).toEqual([
      { symbol: 'gitLabConnection', gitLabConnection: 'gitlab' },
      {
        symbol: 'pipelineTriggers',
        triggers: [
          {
            symbol: 'gitlab',
            triggerOnPush: true,
            triggerOnMergeRequest: false,
            triggerOnNoteRequest: false,
            ciSkip: false,
            branchFilterType: 'RegexBasedFilter',
            sourceBranchRegex: 'refs/tags/(.+)',
          },
        ],
      },
    ]);
    expect(statesOf(build)).toEqual(['running', 'success']);
  });

  run('the tags that start it can be narrowed to those that GitLab protects', async () => {
    job.tag('v1');
    const build = await job.push('v1', pipeline(", gitlab: [trigger: true, tags: 'v\\\\d.*|r.*']"));
    expect(propertiesOf(build)[2].triggers[0].sourceBranchRegex).toBe('refs/tags/(v\\d.*|r.*)');
  });

  run.each<[string, Start]>([
    ['failed', { behaviours: { web1: 'refuse' } }],
    ['failed', { behaviours: { web1: 'late' } }],
    ['canceled', { abortAt: 'web1' }],
  ])('GitLab is told: %s', async (state, start) => {
    job.tag('v1');
    const build = await job.push('v1', pipeline(", gitlab: [connection: 'gitlab']"), start);
    expect([build.result, statesOf(build)]).not.toContain('SUCCESS');
    expect(statesOf(build)).toEqual(['running', state]);
  });

  run('a GitLab that cannot be told changes nothing', async () => {
    job.tag('v1');
    const failing = { updateGitlabCommitStatus: 'no such connection' };
    const build = await job.push('v1', pipeline(", gitlab: [connection: 'gitlab']"), { failing });
    expect([build.result, web1().serves()]).toEqual(['SUCCESS', 'v1']);
    expect(build.log).toContain('WARNING: GitLab is not told that this build is success: no such connection');
  });

  run(
    "the trigger's token is a credential, because the job's page would lose it with each build",
    async () => {
      job.tag('v1');
      const options = ", gitlab: [trigger: true, secretToken: 'webhook']";
      const build = await job.push('v1', pipeline(options), {
        credentials: { webhook: { secret: 'tok3n' } },
      });
      expect(build.result).toBe('SUCCESS');
      expect(propertiesOf(build)[2].triggers[0].secretToken).toBe('****');
      expect(JSON.stringify(build)).not.toContain('tok3n');
    },
  );

  run('environments: a choice, the servers of each, the first for a tag push', async () => {
    const script = `repullPipeline(servers: [staging: 'web1', production: ['web2', 'web3']], lint: 'off')\n`;
    job.write({
      'gen-scripts.yml': `${SETTINGS}environments:\n  staging: {}\n  production: { retain: 1 }\n`,
    });
    job.tag('v1');
    const push = await job.push('v1', script);
    expect(propertiesOf(push)[1].parameterDefinitions.at(-1)).toMatchObject({
      name: 'GEN_SCRIPTS_ENV',
      choices: ['staging', 'production'],
    });
    expect([push.result, ...job.serving()]).toEqual(['SUCCESS', 'v1', undefined, undefined]);
    const build = await job.build(script, byHand({ GEN_SCRIPTS_ENV: 'production' }));
    expect([build.result, ...job.serving()]).toEqual(['SUCCESS', 'v1', 'v1', 'v1']);
    const none = await job.build(script, byHand({ GEN_SCRIPTS_ENV: 'moon' }));
    expect(lastLine(none)).toBe(
      "ERROR: repullPipeline: GEN_SCRIPTS_ENV: 'moon' is not one of the environments: staging, production",
    );
  });

  run('agent, Node.js tool and a checkout of its own', async () => {
    job.tag('v1');
    const script = `repullPipeline(servers: 'web1', lint: 'off', agent: 'docker', nodejs: 'node-20', checkout: { checkout(scm); echo('mine') })\n`;
    const build = await job.push('v1', script, { tools: { 'node-20': '/opt/node' } });
    expect(build.result).toBe('SUCCESS');
    expect(build.calls).toContainEqual({ step: 'node', arguments: { label: 'docker' } });
    expect(build.calls).toContainEqual({
      step: 'withEnv',
      arguments: { overrides: ['PATH+NODEJS=/opt/node/bin'] },
    });
    expect(build.log).toContain('mine');
  });
});

describe('approval', () => {
  const approved = pipeline(', approval: true');

  run('granted: after scripts and image, before any host', async () => {
    job.tag('v1');
    const build = await job.push('v1', approved, { approval: 'granted' });
    expect([build.result, stages(build)]).toEqual(['SUCCESS', ['Scripts', 'Build', 'Approval', 'Deploy']]);
    expect(askedIn(build)?.message).toBe('Deploy registry.example.com/team/citest:v1 on web1?');
    expect(build.archived).toContain('release/repull.sh');
  });

  run.each<[string, Record<string, unknown>, string]>([
    ['', {}, 'Roll back citest to the version before on web1?'],
    ['', { ROLLBACK_TO: 'v1' }, 'Roll back citest to v1 on web1?'],
    ['', { ROLLBACK_STEPS: '2' }, 'Roll back citest to what ran 2 versions before on web1?'],
    ['', { ROLLBACK_FROM: 'v2' }, 'Roll back citest, where v2 runs, to the version before on web1?'],
    [", lang: 'zh'", { ROLLBACK_FROM: 'v2' }, '在 web1 上把 正在运行 v2 的 citest 回滚到上一个版本？'],
    [", lang: 'zh'", {}, '在 web1 上把 citest 回滚到上一个版本？'],
    [", lang: 'zh'", { ROLLBACK_TO: 'v1' }, '在 web1 上把 citest 回滚到 v1？'],
    [", lang: 'zh'", { CTRL_BUILD: true }, '在 web1 上部署 registry.example.com/team/citest:v1_manual_1？'],
  ])('what is asked%s: %j', async (options, parameters, message) => {
    job.tag('v1');
    const start = byHand({ CTRL_BUILD: false, ...parameters } as Start['parameters']);
    const build = await job.build(pipeline(`, approval: true${options}`), { ...start, approval: 'no' });
    expect(askedIn(build)?.message).toBe(message);
  });

  run('several apps and an environment: all of it is asked', async () => {
    const settings = (app: string) =>
      SETTINGS.replaceAll('citest', app).replace('health:', 'environments: { production: {} }\nhealth:');
    job.write({ 'web.yml': settings('web'), 'api.yml': settings('api').replace('8080', '8081') });
    job.tag('v1');
    const script =
      "repullPipeline(servers: [production: ['web1', 'web2']], config: ['web.yml', 'api.yml'], lint: 'off', approval: true)";
    const build = await job.push('v1', script, { approval: 'no' });
    expect(askedIn(build)?.message).toBe(
      'Deploy registry.example.com/team/web:v1, registry.example.com/team/api:v1 on web1, web2 (production)?',
    );
  });

  run('an environment that is no plain string is asked for as well', async () => {
    job.write({ 'gen-scripts.yml': `${SETTINGS}environments: { staging: {}, production: {} }\n` });
    job.tag('v1');
    const script = `def p = 'production'
repullPipeline(servers: [staging: 'web1', ("\${p}"): "web\${2}"], lint: 'off', approval: [environments: ["\${p}"]])
`;
    for (const name of ['production', ' production ']) {
      const build = await job.build(script, { ...byHand({ GEN_SCRIPTS_ENV: name }), approval: 'no' });
      expect([build.result, stages(build).at(-1), ...job.serving()]).toEqual([
        'ABORTED',
        'Approval',
        undefined,
        undefined,
        undefined,
      ]);
    }
  });

  run('rejected: no host is asked', async () => {
    job.tag('v1');
    const build = await job.push('v1', approved, { approval: 'rejected' });
    expect([build.result, web1().serves()]).toEqual(['ABORTED', undefined]);
    expect(build.description).toBe('aborted before any host was asked, nothing was changed there');
  });

  run('only for some environments, by some people', async () => {
    const script = `repullPipeline(servers: [staging: 'web1', production: 'web2'], lint: 'off', approval: [environments: ['production'], submitter: 'ops', minutes: 5])\n`;
    job.write({ 'gen-scripts.yml': `${SETTINGS}environments: { staging: {}, production: {} }\n` });
    job.tag('v1');
    expect((await job.push('v1', script)).result).toBe('SUCCESS');
    const build = await job.build(script, {
      ...byHand({ GEN_SCRIPTS_ENV: 'production' }),
      approval: 'granted',
    });
    expect(askedIn(build)?.submitter).toBe('ops');
    expect(build.calls).toContainEqual({ step: 'timeout', arguments: { time: 5, unit: 'MINUTES' } });
    expect(job.serving()).toEqual(['v1', 'v1', undefined]);
  });
});

describe('secrets', () => {
  const CANARY = 'canary-5f3a91';
  const credentials = { registry: { username: 'robot', password: CANARY } };

  run('a registry password is in no log, archive or workspace afterwards, and reaches the host', async () => {
    job.write({ 'gen-scripts.yml': `${SETTINGS}registry: { login: shipped }\n` });
    job.tag('v1');
    job.simulate(`registry password robot ${CANARY}`);
    const build = await job.push('v1', pipeline(", registryCredentials: 'registry'"), { credentials });
    expect([build.result, web1().serves()]).toEqual(['SUCCESS', 'v1']);
    expect(JSON.stringify(build)).not.toContain(CANARY);
    expect(build.archived).toContain('release/manifest.json');
    expect(build.archived.join()).not.toContain('credentials');
    expect(job.has('release/registry.credentials')).toBe(false);
    expect(job.hasIn(web1().inbox, 'registry.credentials')).toBe(false);
  });

  run('they are removed from the workspace after a failure too', async () => {
    job.write({ 'gen-scripts.yml': `${SETTINGS}registry: { login: shipped }\n` });
    job.tag('v1');
    const start = { credentials, behaviours: { web1: 'refuse' } } as const;
    const build = await job.push('v1', pipeline(", registryCredentials: 'registry'"), start);
    expect(build.result).toBe('FAILURE');
    expect(job.has('release/registry.credentials')).toBe(false);
    expect(JSON.stringify(build)).not.toContain(CANARY);
  });
});

describe('messages', () => {
  let server: Server;
  let messages: string[];
  let address: string;
  let status: number;
  beforeEach(async () => {
    messages = [];
    status = 200;
    server = createServer((request, response) => {
      request.on('data', (data) => messages.push(String(data)));
      request.on('end', () => response.writeHead(status).end('ok'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-hook`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const script = pipeline(", notify: [NOTIFY_WEBHOOK: 'hook']");
  const start = (): Start => ({ credentials: { hook: { secret: address } } });

  run('told of a deploy, with the hosts', async () => {
    job.tag('v1');
    const build = await job.push('v1', script, start());
    expect(build.result).toBe('SUCCESS');
    expect(messages).toEqual([expect.stringMatching(/citest → v1: deployed.*web1 runs v1/)]);
    expect(build.log).not.toContain('secret-hook');
  });

  run('a CLI that the sources bring along gets no address of a chat', async () => {
    job.write({
      '.gitignore': 'release/\n',
      '.gen-scripts/gen-scripts.cjs': "require('fs').writeFileSync('stolen', process.env.NOTIFY_WEBHOOK)",
    });
    job.tag('v1');
    // It ends between the checkout and the first use of ours: what tells the chats must not be theirs.
    const options = ", notify: [NOTIFY_WEBHOOK: 'hook'], checkout: { checkout(scm); error('not today') }";
    const build = await job.build(pipeline(options), start());
    expect([build.result, lastLine(build)]).toEqual(['FAILURE', 'ERROR: not today']);
    expect(job.has('.gen-scripts/gen-scripts.cjs')).toBe(true);
    expect(job.hasIn(job.workspace, 'stolen')).toBe(false);
    expect(messages).toEqual([expect.stringContaining('build failed')]);
  });

  run('told of a failure before any host was asked, of an abort, and of a failed checkout', async () => {
    job.tag('v1');
    await job.push('v1', script, { ...start(), failing: { checkout: 'no such repository' } });
    job.simulate('registry down');
    await job.push('v1', script, start());
    job.simulate('registry up');
    await job.push('v1', script, { ...start(), abortAt: 'web1' });
    expect(messages).toEqual([
      expect.stringContaining('build failed'),
      expect.stringContaining('deploy failed'),
      expect.stringContaining('aborted'),
    ]);
  });

  run('an agent without Node.js can tell nobody, and the build still ends with that sentence', async () => {
    job.tag('v1');
    const variables = { PATH: pathWithoutNode() };
    const build = await job.push('v1', script, { ...start(), variables });
    expect([build.result, messages]).toEqual(['FAILURE', []]);
    expect(build.log).toContain('WARNING: gen-scripts notify: gen-scripts needs Node.js 20');
    expect(lastLine(build)).toMatch(/^ERROR: gen-scripts needs Node\.js 20 or later/);
  });

  run('a chat that cannot be reached, or has no credentials, changes nothing', async () => {
    job.tag('v1');
    status = 500;
    const refused = await job.push('v1', script, start());
    expect([refused.result, refused.log]).toEqual(['SUCCESS', expect.stringContaining('[GS017]')]);
    const unknown = await job.push('v1', script);
    expect(unknown.result).toBe('SUCCESS');
    expect(unknown.log).toContain(
      "WARNING: gen-scripts notify: Could not find credentials entry with ID 'hook'",
    );
  });
});

describe('hosts of the settings', () => {
  const SETTINGS_WITH_HOSTS = `${SETTINGS}hosts: { web1: , web3: }\nrollout: { batch: 2 }\n`;

  run('are asked without any servers in the Jenkinsfile, and named in the question', async () => {
    job.write({ 'gen-scripts.yml': SETTINGS_WITH_HOSTS });
    job.tag('v1');
    const start = { parameters: DEFAULTS, approval: 'granted' };
    const build = await job.push('v1', 'repullPipeline(approval: true)\n', start);
    expect(build.result).toBe('SUCCESS');
    expect(job.serving()).toEqual(['v1', undefined, 'v1']);
    const question = build.calls.find(({ step }) => step === 'input')?.arguments;
    expect(question).toMatchObject({ message: 'Deploy registry.example.com/team/citest:v1 on web1, web3?' });
  });

  run('none of them, and no servers: nothing is built', async () => {
    job.tag('v1');
    const build = await job.push('v1', 'repullPipeline()\n', { parameters: DEFAULTS });
    expect(lastLine(build)).toBe('ERROR: repullPipeline: servers is needed, or hosts: in gen-scripts.yml');
    expect(stages(build)).toEqual(['Scripts']);
  });
});

describe('bad keys', () => {
  run.each([
    ["server: 'web1'", "unknown key 'server', expected one of servers, agent, config"],
    ["servers: 'web1', timeout: '5'", "timeout: '5', expected minutes"],
    ["servers: 'web1', timeout: 0", "timeout: '0', expected minutes"],
    [
      "servers: 'web1', notify: [SLACK: 'x']",
      "notify: unknown key 'SLACK', expected one of DINGTALK_WEBHOOK",
    ],
    [
      "servers: 'web1', gitlab: [tigger: true]",
      "gitlab: unknown key 'tigger', expected one of connection, trigger",
    ],
    ["servers: 'web1', approval: [who: 'x']", "approval: unknown key 'who', expected one of environments"],
    [
      "servers: [staging: 'web1'], approval: [environments: ['stagign']]",
      "approval: 'stagign' is not one of the environments: staging",
    ],
    [
      "servers: [staging: 'web1'], environments: ['staging', 'production']",
      'servers: production is needed, expected String or List',
    ],
    ['servers: [staging: 5]', "servers: staging: '5', expected String or List"],
  ])('repullPipeline(%s)', async (options, fault) => {
    const build = await job.build(`repullPipeline(${options})\n`);
    expect(build.result).toBe('FAILURE');
    expect(lastLine(build)).toContain(`ERROR: repullPipeline: ${fault}`);
    expect(build.calls.map(({ step }) => step)).toEqual(['error']);
  });
});
