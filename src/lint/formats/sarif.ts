import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { VERSION } from '../../version.js';
import type { Finding, Level, LintRun } from '../finding.js';
import { fingerprints } from '../fingerprint.js';
import { ruleLink, ruleName } from '../rule.js';

/** Section 3.27.10: there is nothing below a note. */
const LEVELS: Readonly<Record<Level, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  style: 'note',
};

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html): one run, the template as a related location. */
export function formatSarif(run: LintRun): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [describeRun(run)],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describeRun({ shellCheck, scripts, findings }: LintRun) {
  const codes = [...new Set(findings.map(({ code }) => code))];
  const prints = fingerprints(findings);
  return {
    tool: { driver: { name: 'gen-scripts', version: VERSION, rules: codes.map(rule) } },
    invocations: [
      { executionSuccessful: true, toolExecutionNotifications: shellCheck === undefined ? [NOT_RUN] : [] },
    ],
    artifacts: scripts.map((script) => ({ location: { uri: toUri(script) } })),
    columnKind: 'unicodeCodePoints',
    results: findings.map((finding, index) => ({
      ...result(finding),
      ruleIndex: codes.indexOf(finding.code),
      partialFingerprints: { 'gen-scripts/v1': prints[index] },
    })),
  };
}

const NOT_RUN = { level: 'warning', message: { text: 'ShellCheck NOT run' } };

/** `helpUri` must be absolute (section 3.49.12), which the link to a page of ours is not. */
function rule(code: string) {
  const link = ruleLink(code);
  const isAddress = URL.canParse(link);
  return {
    id: code,
    name: ruleName(code),
    ...(isAddress ? { helpUri: link } : {}),
    help: { text: link },
  };
}

function result({ file, line, column, level, code, message, template }: Finding) {
  const related = template && {
    id: 1,
    ...location(template.file, { startLine: template.line }),
    message: { text: 'the template that this line comes from' },
  };
  return {
    ruleId: code,
    level: LEVELS[level],
    message: { text: message },
    locations: [location(file, { startLine: line, startColumn: column })],
    ...(related ? { relatedLocations: [related] } : {}),
  };
}

function location(file: string, region: { startLine: number; startColumn?: number }) {
  return { physicalLocation: { artifactLocation: { uri: toUri(file) }, region } };
}

/** Section 3.4.3: a URI, relative to where `lint` was started. */
function toUri(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.split('/').map(encodeURIComponent).join('/');
}
