import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { hasProgram } from '../support/programs.js';
import { OPTIONS_FILE } from './options.js';
import { EXAMPLES, planted } from './options-examples.js';
import { runGroovy } from './options-groovy.js';
import { type Element, findAll, readXml, textOf } from './options-xml.js';

const withGroovy = hasProgram('groovy') ? describe : describe.skip;

/** A call of Job DSL: method, arguments, and the calls in its closure. */
type Call = [method: string, ...arguments: unknown[]];

function runJobDsl(file: string): Call[] {
  return runGroovy('options-job-dsl.groovy', OPTIONS_FILE, file) as Call[];
}

/** The arguments of a method that is called once, at any depth. */
function argumentsOf(calls: readonly Call[], method: string): unknown[] {
  const found = allCalls(calls).filter(([name]) => name === method);
  if (found.length !== 1) throw new Error(`${method}: called ${found.length} times`);
  return found[0]?.slice(1) ?? [];
}

function allCalls(calls: readonly Call[]): Call[] {
  return calls.flatMap((call) => [call, ...allCalls(inner(call))]);
}

function inner(call: Call): Call[] {
  return (call.at(-1) as { calls?: Call[] } | null)?.calls ?? [];
}

withGroovy('job.groovy', () => {
  let [calls, freestyle, pipeline]: [Call[], Call[], Call[]] = [[], [], []];
  let xml: Element;
  const texts = (name: string) => findAll(xml, name).map(({ text }) => text);
  const FIELDS = ['name', 'defaultValue', 'description'];

  beforeAll(() => {
    calls = runJobDsl(join(EXAMPLES, 'jenkins/freestyle/job.groovy'));
    [freestyle = [], pipeline = []] = calls.map(inner);
    xml = readXml(join(EXAMPLES, 'jenkins/freestyle/config.xml'));
  });

  test('makes the job of config.xml and a Pipeline job', () => {
    expect(calls.map((call) => call.slice(0, 2))).toEqual([
      ['freeStyleJob', 'citest'],
      ['pipelineJob', 'citest-pipeline'],
    ]);
    expect(argumentsOf(pipeline, 'scriptPath')).toEqual(['Jenkinsfile']);
  });

  test.each([
    'sourceFiles',
    'removePrefix',
    'remoteDirectory',
    'execCommand',
    'execTimeout',
    'failOnError',
    'continueOnError',
    'verbose',
    'shallow',
    'noTags',
    'url',
  ])('%s is that of config.xml', (field) => {
    expect(argumentsOf(freestyle, field).map(String)).toEqual(texts(field));
  });

  test('so are shell step, server, parameters and filter', () => {
    expect(argumentsOf(freestyle, 'shell')).toEqual(texts('command'));
    expect(argumentsOf(freestyle, 'server')[0]).toBe(texts('configName')[0]);
    expect(argumentsOf(freestyle, 'targetBranchRegex')).toEqual(texts('sourceBranchRegex'));
    const parameters = inner(['parameters', ...argumentsOf(freestyle, 'parameters')]);
    const [definitions] = findAll(xml, 'parameterDefinitions');
    expect(parameters.map(([, ...values]) => values.map(String))).toEqual(
      definitions?.children.map((one) => FIELDS.map((name) => textOf(one, name))),
    );
  });

  test.each([
    ['execTimeout(600000)', 'execTimeOut(600000)', 'has no method execTimeOut'],
    ['execTimeout(600000)', "execTimeout('10m')", 'no int'],
    ["nodejs('node-20')", 'nodejs()', 'String is missing'],
    ["scriptPath('Jenkinsfile')", "scriptPath('Jenkinsfile', true)", 'takes 1 arguments'],
    ['failOnError(true)', "failOnError(true); description('of the job around')", 'has no method description'],
  ])('%s as %s is refused', (right, wrong, said) => {
    expect(() => runJobDsl(planted('jenkins/freestyle/job.groovy', right, wrong))).toThrow(said);
  });
});
