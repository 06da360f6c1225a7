import { describe, expect, test } from '@jest/globals';
import { LEVELS, type LintRun } from '../../src/lint/finding.js';
import { FORMATS } from '../../src/lint/formats/formats.js';
import { CD, ODD, OTHER, QUOTE, runOf } from './findings.js';
import { faults, sarifSchema } from './schemas.js';

const schema = sarifSchema();
const parsed = (run: LintRun) => JSON.parse(FORMATS.sarif(run));
const runIn = (run: LintRun) => parsed(run).runs[0];

describe('what the schema of SARIF 2.1.0 says', () => {
  test.each<{ name: string; run: LintRun }>([
    { name: 'findings', run: runOf([QUOTE, CD, OTHER]) },
    { name: 'none', run: runOf([]) },
    { name: 'ShellCheck did not run', run: runOf([], { shellCheck: undefined }) },
    { name: 'odd names and messages', run: runOf([ODD], { scripts: [ODD.file] }) },
    { name: 'a folder somewhere else', run: runOf([{ ...QUOTE, file: '/tmp/a b/x.sh' }]) },
    { name: 'every level', run: runOf(LEVELS.map((level) => ({ ...QUOTE, level }))) },
    { name: 'our own rules', run: runOf([{ ...QUOTE, code: 'GS093' }]) },
  ])('$name', ({ run }) => expect(faults(schema, parsed(run))).toEqual([]));

  test('is not nothing', () => {
    const log = parsed(runOf([QUOTE]));
    log.runs[0].results[0].level = 'info';
    log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = 'a b';
    log.runs[0].tool.driver.rules[0].helpUri = 'docs/messages.md';
    delete log.runs[0].results[0].message;
    expect(faults(schema, log).length).toBeGreaterThanOrEqual(4);
  });
});

test('a finding: its place, the template as a related one, its rule with a link', () => {
  const { results, tool } = runIn(runOf([QUOTE, CD]));
  expect(results[1]).toEqual({
    ruleId: 'SC2164',
    ruleIndex: 1,
    level: 'warning',
    message: { text: 'Use cd x || exit.' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'release/repull.sh' },
          region: { startLine: 20, startColumn: 1 },
        },
      },
    ],
    relatedLocations: [
      {
        id: 1,
        message: { text: 'the template that this line comes from' },
        physicalLocation: {
          artifactLocation: { uri: 'templates/docker/partials/swap.hbs' },
          region: { startLine: 12 },
        },
      },
    ],
    partialFingerprints: { 'gen-scripts/v1': expect.stringMatching(/^[0-9a-f]{32}$/) },
  });
  expect(results[0].relatedLocations).toBeUndefined();
  expect(tool.driver.rules[1]).toMatchObject({
    id: 'SC2164',
    name: 'ShellCheck.SC2164',
    helpUri: 'https://www.shellcheck.net/wiki/SC2164',
  });
});

test('each result names its rule by its index (section 3.27.6)', () => {
  const { results, tool } = runIn(runOf([CD, QUOTE, OTHER, CD]));
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  expect(tool.driver.rules).toHaveLength(2);
});

test('names of files are URIs that lead back to the file', () => {
  const { artifactLocation } = runIn(runOf([ODD])).results[0].locations[0].physicalLocation;
  expect(decodeURIComponent(artifactLocation.uri)).toBe(ODD.file);
  const related = runIn(runOf([ODD])).results[0].relatedLocations[0].physicalLocation.artifactLocation;
  expect(related.uri).toBe('file:///home/me/my%20templates/docker/partials/lock.hbs');
});

test('a reader can tell that ShellCheck did not run', () => {
  const notifications = (run: LintRun) => runIn(run).invocations[0].toolExecutionNotifications;
  expect(notifications(runOf([]))).toEqual([]);
  expect(notifications(runOf([], { shellCheck: undefined }))).toEqual([
    { level: 'warning', message: { text: 'ShellCheck NOT run' } },
  ]);
});
