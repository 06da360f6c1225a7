import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { hasProgram } from '../support/programs.js';
import { JenkinsProcess } from './jenkins-process.js';
import { LibraryJob, type Start } from './library-job.js';

/** The stand-ins refuse what Jenkins refuses and do what it does; else the tests of vars/ would prove nothing. */
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

describe('a step', () => {
  run.each([
    ["shout('x')", "No such DSL method 'shout' found among steps"],
    ["echo(text: 'x')", "echo: unknown argument 'text'"],
    [
      "sshPublisher(publishers: [sshTransfer(sourceFile: 'a')])",
      "sshTransfer: unknown argument 'sourceFile'",
    ],
    ['input(message: new Thread())', 'NotSerializableException: java.lang.Thread'],
    ['def tag = "v1"; sh "echo ${tag}"', 'sh: the script is a GString: echo v1'],
    ["sh 'false; echo reached'", 'script returned exit code 1'],
    ["readFile('nothing')", 'FileNotFoundException: nothing'],
    ["archiveArtifacts('nothing/*')", 'No artifacts found that match the file pattern "nothing/*"'],
    ["withCredentials([string(credentialsId: 'x', variable: 'X')]) { }", 'Could not find credentials'],
  ])('%s is refused', async (script, said) => {
    const build = await job.build(`${script}\n`);
    expect([build.result, build.log]).toEqual(['FAILURE', expect.stringContaining(said)]);
    expect(build.log).not.toMatch(/^reached$/m);
  });

  run('sh has exactly the environment of the build, and what withEnv adds ends with it', async () => {
    const script = `
withEnv(['A=1', 'PATH+X=/opt/x']) { sh 'echo "[$A] $PATH"' }
echo('out: ' + sh(returnStdout: true, script: 'echo "[$A] [$GIT_TAG] [$BUILD_NUMBER] [$JAVA_HOME]"; echo talk >&2'))
echo('status: ' + sh(returnStatus: true, script: 'exit 7'))
`;
    const { log } = await job.build(script, { parameters: { GIT_TAG: 'v1' } });
    expect(log).toMatch(/^\[1\] \/opt\/x:/m);
    expect(log).toContain('out: [] [v1] [1] []\n');
    expect(log).toMatch(/^talk$/m);
    expect(log).toContain('status: 7');
  });

  run('an artifact is what the patterns say', async () => {
    const script = `
sh 'mkdir -p release/a .git && touch release/x release/a/y release/a/registry.credentials .git/x other'
archiveArtifacts(artifacts: 'release/**, **/x', excludes: '**/registry.credentials')
`;
    expect((await job.build(script)).archived).toEqual(['release/a/y', 'release/x']);
  });
});

describe('a secret', () => {
  const credentials = { id: { secret: 'canary-77' } };
  const bound = (body: string) =>
    `withCredentials([string(credentialsId: 'id', variable: 'TOKEN')]) {\n${body}\n}\n`;

  run('is masked in the log, also after its block', async () => {
    const script = `${bound(`sh 'echo "it is $TOKEN"; printf %s "$TOKEN" >kept'`)}sh 'cat kept; echo "[$TOKEN]"'\n`;
    const { result, log } = await job.build(script, { credentials });
    expect([result, log]).toEqual(['SUCCESS', expect.stringContaining('it is ****')]);
    expect(log).toContain('+ cat kept\n****');
    expect(log).toMatch(/^\[\]$/m);
    expect(log).not.toContain('canary-77');
  });

  run.each([
    "echo('it is ' + env.TOKEN)",
    "sh('echo ' + env.TOKEN)",
    "writeFile(file: 'x', text: env.TOKEN)",
    'properties([gitLabConnection(env.TOKEN)])',
  ])('is refused in an argument: %s', async (step) => {
    const build = await job.build(bound(step), { credentials });
    expect([build.result, build.log]).toEqual(['FAILURE', expect.stringContaining('a secret is in its arg')]);
    expect(JSON.stringify(build)).not.toContain('canary-77');
  });
});

describe('a build', () => {
  run.each(['displayName', 'description'])('has no secret on its page: %s', async (field) => {
    const script = `withCredentials([string(credentialsId: 'id', variable: 'T')]) { currentBuild.${field} = env.T }\n`;
    const build = await job.build(script, { credentials: { id: { secret: 'canary-77' } } });
    expect([build.result, build.log]).toEqual([
      'FAILURE',
      expect.stringContaining('a secret would be on the page'),
    ]);
    expect(JSON.stringify(build)).not.toContain('canary-77');
  });

  run('whose result got worse does not get better', async () => {
    const script = `
unstable('so so')
currentBuild.result = 'SUCCESS'
echo(currentBuild.currentResult)
currentBuild.result = 'FAILURE'
unstable('again')
`;
    const build = await job.build(script);
    expect([build.result, build.log]).toEqual(['FAILURE', expect.stringMatching(/^UNSTABLE$/m)]);
  });

  run.each<[string, string, Start, string]>([
    ['an error', "error('out of paper')", {}, 'ERROR: out of paper\nFinished: FAILURE\n'],
    [
      'a step that fails',
      "echo('x')",
      { failing: { echo: 'out of paper' } },
      'ERROR: out of paper\nFinished: FAILURE\n',
    ],
    ['a rejected approval', "input('go?')", {}, 'Rejected by somebody\nFinished: ABORTED\n'],
    [
      'an abort while a server is served',
      "sshPublisher(publishers: [sshPublisherDesc(configName: 'web1', transfers: [])])",
      { abortAt: 'web1' },
      'Aborted by somebody\nFinished: ABORTED\n',
    ],
  ])('ends with %s as in Jenkins', async (_, script, start, end) => {
    const { log } = await job.build(`${script}\necho('reached')\n`, start);
    expect(log.slice(-end.length)).toBe(end);
    expect(log).not.toMatch(/^reached$/m);
  });

  run('goes on after a failure that it catches, and when the approval is given', async () => {
    const script = `
try { error('out of paper') } catch (IOException e) { echo('caught: ' + e.message) }
input('go?')
`;
    const { result, log } = await job.build(script, { approval: 'granted' });
    expect([result, log]).toEqual(['SUCCESS', expect.stringMatching(/^caught: out of paper$/m)]);
  });

  run('lacks the steps of a plugin that is not there', async () => {
    const { log } = await job.build("recordIssues(tool: checkStyle(pattern: 'x'))\n", {
      missing: ['recordIssues'],
    });
    expect(log).toContain("No such DSL method 'recordIssues'");
  });

  run('has the parameters, the variables, the causes and a page', async () => {
    const script = `
@Library('gen-scripts') _
currentBuild.displayName = env.BUILD_NUMBER + ' ' + params.GIT_TAG + ' ' + (env.NOTHING == null)
currentBuild.description = currentBuild.getBuildCauses('some.Cause')[0].userId
`;
    const build = await job.build(script, {
      parameters: { GIT_TAG: 'v1' },
      causes: [{ _class: 'some.Cause', userId: 'li.lei' }],
    });
    expect([build.result, build.displayName, build.description]).toEqual(['SUCCESS', '1 v1 true', 'li.lei']);
  });

  run('checks out the branch of the job, or the tag that it names, and has all tags', async () => {
    job.tag('v1');
    job.tag('v2');
    const version = "sh 'git describe --tags'\n";
    expect((await job.build(`checkout(scm)\n${version}`)).log).toMatch(/^v2$/m);
    const named =
      "checkout([branches: [[name: 'refs/tags/v1']], userRemoteConfigs: scm.userRemoteConfigs])\n";
    expect((await job.build(named + version)).log).toMatch(/^v1$/m);
  });

  run('sees the global variables of vars/, with their methods', async () => {
    const build = await job.build("genScripts.parse('{}')\ngenScripts(nothing: 1)\n");
    expect(build.log).toMatch(/^ERROR: genScripts: .*nothing/m);
  });
});
