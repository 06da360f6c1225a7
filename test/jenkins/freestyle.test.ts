import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Host } from '../support/host.js';
import { hasProgram } from '../support/programs.js';
import { FreestyleJob } from './freestyle-job.js';
import { type Element, findAll, readXml } from './options-xml.js';

/** The examples themselves, run as Jenkins would; only the settings of the app are the test's. */
const EXAMPLES = join(import.meta.dirname, '../../examples/jenkins/freestyle');

const APP = `app: citest
image: registry.example.com/team/citest
container: { ports: ["8080:80"] }
strategy: recreate
health: { settle: 1s }
publish: { remoteRoot: /srv/deploy }
`;

// Groovy reads the XML, with the parser that Jenkins has.
const withGroovy = hasProgram('groovy') ? describe : describe.skip;

let job: FreestyleJob;
afterEach(() => job.remove());

/** The element with the text of each descendant of that name replaced. */
function withText(root: Element, name: string, text: string): Element {
  const children = root.children.map((child) => withText(child, name, text));
  return { ...root, children, text: root.name === name ? text : root.text };
}

withGroovy('config.xml', () => {
  let config: Element;
  beforeAll(() => {
    config = readXml(join(EXAMPLES, 'config.xml'));
  });

  /** The job after these tags were pushed, and its host. */
  function start(...tags: string[]): Host {
    job = new FreestyleJob(config, ({ web1 }) => `${APP}history: { file: ${web1?.history} }\n`);
    for (const tag of tags) expect(job.push(tag).result).toBe('SUCCESS');
    return job.hosts.web1 as Host;
  }

  test('a tag push deploys that tag, although the checkbox is ticked by default', () => {
    const host = start();
    const { result, log } = job.push('v1');
    expect([result, host.serves()]).toEqual(['SUCCESS', 'v1']);
    expect(log).toContain('deploy of registry.example.com/team/citest:v1:');
  });

  test('after a tag push the journal names who pushed it', () => {
    const host = start('v1');
    expect(host.lines('.journal').at(-1)).toContain('Han Meimei');
  });

  test('after a build by hand it names who started it', () => {
    const host = start('v1');
    job.build();
    expect(host.lines('.journal').at(-1)).toContain('li.lei');
  });

  test('ticked: a manual build with the number of the build in its tag', () => {
    const host = start('v1');
    job.tag('v2');
    const { result, log } = job.build({ parameters: { CTRL_BUILD: 'true' } });
    expect([result, host.serves(), host.versions()]).toEqual(['SUCCESS', 'v2_manual_2', ['v1']]);
    expect(log).toContain('manual build of registry.example.com/team/citest:v2_manual_2:');
  });

  test('ticked, with GIT_TAG: that name', () => {
    const host = start('v1');
    job.tag('v2');
    const { log } = job.build({ parameters: { GIT_TAG: 'hotfix' } });
    expect(log).toContain('manual build of registry.example.com/team/citest:hotfix_manual_2:');
    expect(host.serves()).toBe('hotfix_manual_2');
  });

  test('unticked: back to the version before, and nothing is built', () => {
    const host = start('v1', 'v2');
    const builds = () => job.agentCalls().filter((call) => /\bbuild\b/.test(call)).length;
    const before = builds();
    expect(job.has('release/build.sh')).toBe(true);
    const { result } = job.build({ parameters: { CTRL_BUILD: 'false' } });
    expect([result, host.serves(), host.versions()]).toEqual(['SUCCESS', 'v1', []]);
    expect([job.has('release/build.sh'), builds()]).toEqual([false, before]);
  });

  test.each([
    [{ ROLLBACK_TO: 'v1' }, 'v1'],
    [{ ROLLBACK_STEPS: '2' }, 'v1'],
    [{ ROLLBACK_TO: '', ROLLBACK_STEPS: '' }, 'v2'],
  ])('unticked, with %j: to %s', (target, version) => {
    const host = start('v1', 'v2', 'v3');
    const { result } = job.build({ parameters: { CTRL_BUILD: 'false', ...target } });
    expect([result, host.serves()]).toEqual(['SUCCESS', version]);
  });

  test('a rendering that fails leaves no script of an earlier build, and nothing is sent', () => {
    const host = start('v1', 'v2');
    expect(job.has('release/auto.sh')).toBe(true);
    const { result, log } = job.build({ parameters: { CTRL_BUILD: 'false', ROLLBACK_STEPS: 'two' } });
    expect([result, job.has('release/auto.sh'), host.serves()]).toEqual(['FAILURE', false, 'v2']);
    expect(log).toContain('not going to run');
    expect(host.journal()).toEqual(['deploy done', 'deploy done']);
  });

  test('without a rendering the script of the build before is sent, and refuses', () => {
    const host = start('v1', 'v2');
    job.config = withText(config, 'command', 'true');
    const { result, log } = job.build({ parameters: { CTRL_BUILD: 'false' } });
    expect([result, host.serves()]).toEqual(['FAILURE', 'v2']);
    expect(log).toMatch(/GS161[\s\S]*Status \[64\]/);
  });

  test('nothing to send is no error of the plugin; the script that is on the host refuses', () => {
    const host = start('v1', 'v2');
    job.config = withText(config, 'command', 'rm -f release/*');
    const { result, log } = job.build({ parameters: { CTRL_BUILD: 'false' } });
    expect(log).toContain('Transferred 0 file(s)');
    expect(log).toMatch(/GS161[\s\S]*Status \[64\]/);
    expect([result, host.serves()]).toEqual(['FAILURE', 'v2']);
  });

  test('a version that does not get healthy fails the build, and the old one serves', () => {
    const host = start('v1');
    const { result, log } = job.push('v2', 'crash=1');
    expect([result, host.serves()]).toEqual(['FAILURE', 'v1']);
    expect(log).toMatch(/RESULT 11 [\s\S]*Status \[11\]/);
  });

  test('an image that cannot be pushed fails the build before anything is sent', () => {
    const host = start('v1');
    job.simulate('registry', 'down');
    const { result, log } = job.push('v2');
    expect([result, host.serves(), host.journal()]).toEqual(['FAILURE', 'v1', ['deploy done']]);
    expect(log).toContain('not going to run');
  });

  /** Builds with this text in every place where somebody else can put one; was it executed on the agent or the host? */
  function executes(code: string, host: Host): boolean {
    const [unticked, file] = [{ CTRL_BUILD: 'false' }, join(job.folder, 'EXECUTED')];
    const text = code.replace('FILE', file);
    for (const name of ['ROLLBACK_TO', 'ROLLBACK_STEPS', 'ROLLBACK_FROM', 'GIT_TAG']) {
      job.build({ parameters: { [name]: text } });
      job.build({ parameters: { ...unticked, [name]: text } });
    }
    job.build({ trigger: { gitlabSourceBranch: `refs/tags/${text}`, gitlabUserName: text } });
    expect(host.serves()).toEqual(expect.any(String));
    return existsSync(file);
  }

  // Without blanks they are git tags that somebody may push.
  const CODES = [
    '$(touch${IFS}FILE)',
    '`touch${IFS}FILE`',
    "v3';touch${IFS}FILE;'",
    'v3;touch${IFS}FILE',
    'v3; touch FILE',
  ];

  test.each(CODES)('a parameter that is shell code is data: %s', (code) => {
    const host = start('v1', 'v2');
    expect(executes(code, host)).toBe(false);
  });

  test('in the exec command it would be code', () => {
    const host = start('v1', 'v2');
    job.config = withText(config, 'execCommand', 'echo $GIT_TAG');
    expect(executes('v3;touch${IFS}FILE', host)).toBe(true);
  });

  test('what gen-scripts prints for the SSH step is what the fields say', () => {
    start();
    const { log } = job.push('v1');
    const fields =
      /^ {2}(Source files|Remove prefix|Remote directory|Exec command|Exec timeout \(ms\)) +(.+)$/gm;
    const printed = Object.fromEntries([...log.matchAll(fields)].map(([, name, value]) => [name, value]));
    const field = (name: string) => findAll(config, name)[0]?.text;
    expect(printed).toEqual({
      'Source files': field('sourceFiles'),
      'Remove prefix': field('removePrefix'),
      'Remote directory': field('remoteDirectory'),
      'Exec command': field('execCommand'),
      'Exec timeout (ms)': field('execTimeout'),
    });
  });
});

withGroovy('environments.xml', () => {
  let config: Element;
  beforeAll(() => {
    config = readXml(join(EXAMPLES, 'environments.xml'));
  });

  function start(): Readonly<Record<string, Host>> {
    job = new FreestyleJob(
      config,
      ({ test1, web1 }) => `${APP}environments:
  staging: { app: citest-staging, history: { file: ${test1?.history} } }
  production: { history: { file: ${web1?.history} } }
`,
    );
    return job.hosts;
  }

  test('a tag push goes to the first choice only', () => {
    const { test1, web1 } = start();
    expect(job.push('v1').result).toBe('SUCCESS');
    expect([test1?.serves(), web1?.serves()]).toEqual(['v1', undefined]);
    expect(Object.keys(test1?.containers() ?? {})).toEqual(['citest-staging']);
  });

  test('the choice says where a manual build and a rollback go', () => {
    const { test1, web1 } = start();
    job.push('v1');
    const production = { GEN_SCRIPTS_ENV: 'production' };
    job.build({ parameters: production });
    job.tag('v2');
    job.build({ parameters: production });
    expect([test1?.serves(), web1?.serves()]).toEqual(['v1', 'v2_manual_3']);
    const { result } = job.build({ parameters: { ...production, CTRL_BUILD: 'false' } });
    expect([result, test1?.serves(), web1?.serves()]).toEqual(['SUCCESS', 'v1', 'v1_manual_2']);
  });

  test('a value that is not offered does not start a build', () => {
    start();
    job.tag('v1');
    const build = () => job.build({ parameters: { GEN_SCRIPTS_ENV: 'production|staging' } });
    expect(build).toThrow('Illegal choice');
  });
});
