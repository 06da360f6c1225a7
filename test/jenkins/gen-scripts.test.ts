import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { hasProgram } from '../support/programs.js';
import { JenkinsProcess } from './jenkins-process.js';
import { LibraryJob, SETTINGS } from './library-job.js';

const run = hasProgram('groovy') ? test : test.skip;
// Several builds each, on a machine that runs other tests as well.
jest.setTimeout(300_000);
const jenkins = new JenkinsProcess();
afterAll(() => jenkins.stop());

let job: LibraryJob;
beforeEach(() => {
  job = new LibraryJob(jenkins);
});
afterEach(() => job.remove());

/** Prints what the step returns. */
function script(options: string): string {
  return `node('') {
    checkout(scm)
    def manifest = genScripts(${options})
    echo('manifest: ' + groovy.json.JsonOutput.toJson(manifest))
}
`;
}

const lastLine = (log: string) => log.trimEnd().split('\n').at(-2);

run('renders, and returns the manifest as data', async () => {
  job.tag('v1');
  const build = await job.push('v1', script("lint: 'off'"));
  expect(build.result).toBe('SUCCESS');
  const manifest = JSON.parse(/^manifest: (.*)$/m.exec(build.log)?.[1] ?? '');
  const { apps, servers, ...first } = manifest;
  expect(first).toEqual(JSON.parse(job.read('release/manifest.json')));
  expect(apps).toEqual([first]);
  expect(servers).toEqual([]);
  expect(first).toMatchObject({
    app: 'citest',
    mode: 'deploy',
    image: 'registry.example.com/team/citest:v1',
  });
  expect(build.log).not.toContain('The SSH step of this job must contain');
});

run('files, environment and templates with odd names are values, never words of a command', async () => {
  const [file, templates] = ["my app's $(touch pwned).yml", 'deploy templates'];
  job.write({
    [file]: `${SETTINGS}environments:\n  blue: { retain: 7 }\n`,
    [`${templates}/docker/partials/status.hbs`]: '\nshow_status() {\n\techo mine\n\texit 0\n}\n',
  });
  job.tag('v1');
  const options = `config: ["my app's \\$(touch pwned).yml"], templates: '${templates}', environment: 'blue', lint: 'off'`;
  const build = await job.push('v1', script(options));
  expect(build.result).toBe('SUCCESS');
  expect(job.read('release/rollback.sh')).toContain('echo mine');
  expect(job.read('release/rollback.sh')).toContain("RETAIN='7'");
  expect(job.hasIn(job.workspace, 'pwned')).toBe(false);
});

describe('ShellCheck', () => {
  const template = '\nshow_status() {\n\techo $1\n\texit 0\n}\n';
  const override = { 'deploy/docker/partials/status.hbs': template };

  run('findings fail the build; the report is there for the Warnings plugin', async () => {
    job.write(override);
    job.tag('v1');
    const build = await job.push('v1', script("templates: 'deploy'"));
    expect(build.result).toBe('FAILURE');
    expect(build.log).toMatch(/^release\/rollback\.sh:\d+:\d+: info: .* \[SC2086\]$/m);
    expect(lastLine(build.log)).toBe('ERROR: gen-scripts: lint has findings, see above: nothing is shipped');
    expect(job.read('.gen-scripts/checkstyle.xml')).toContain('source="ShellCheck.SC2086"');
  });

  run('or make it unstable', async () => {
    job.write(override);
    job.tag('v1');
    const build = await job.push('v1', script("templates: 'deploy', lint: 'warn'"));
    expect([build.result, build.log]).toEqual(['UNSTABLE', expect.stringContaining('manifest: {')]);
  });

  run('but they never stop a rollback', async () => {
    job.write(override);
    job.tag('v1');
    const start = { parameters: { CTRL_BUILD: false } };
    const build = await job.build(script("templates: 'deploy'"), start);
    expect([build.result, build.log]).toEqual(['UNSTABLE', expect.stringContaining('"mode":"rollback"')]);
    expect(build.log).toContain('WARNING: gen-scripts: lint has findings, see above');
  });

  run('recordIssues shows them', async () => {
    job.tag('v1');
    const build = await job.push('v1', "repullPipeline(servers: 'web1', recordIssues: true)\n", {
      missing: ['sshPublisher'],
    });
    expect(build.calls).toContainEqual({
      step: 'recordIssues',
      arguments: {
        tool: { symbol: 'checkStyle', pattern: '.gen-scripts/checkstyle.xml' },
        enabledForFailure: true,
      },
    });
  });
});

run(
  'bad settings: all problems, nothing rendered, and no script of an earlier build left to ship',
  async () => {
    job.tag('v1');
    await job.push('v1', script("lint: 'off'"));
    job.write({ 'gen-scripts.yml': `${SETTINGS}retian: 3\nretain: many\n` });
    job.tag('v2');
    const build = await job.push('v2', script("lint: 'off'"));
    expect(build.result).toBe('FAILURE');
    expect(build.log).toContain('[GS024]');
    expect(build.log).toContain('retain');
    expect(job.has('release/auto.sh')).toBe(false);
  },
);

run('an agent without Node.js is told in one sentence', async () => {
  job.tag('v1');
  const build = await job.push('v1', script(''), { variables: { PATH: '/nowhere:/usr/bin-without-node' } });
  expect(lastLine(build.log)).toMatch(
    /^ERROR: gen-scripts needs Node\.js 20 or later on the PATH of this agent: see docs\/agent\.md/,
  );
});

run.each([
  ['configs: []', "unknown key 'configs', expected one of config, environment, templates, lint"],
  ["lint: 'maybe'", "lint: 'maybe', expected fail or warn or off"],
  ['config: [:]', "config: '[:]', expected String or List"],
  ["environment: ''", "environment: '', expected String"],
])('genScripts(%s) is refused', async (options, fault) => {
  const build = await job.build(`genScripts(${options})\n`);
  expect(lastLine(build.log)).toBe(`ERROR: genScripts: ${fault}`);
});
