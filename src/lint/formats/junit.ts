import { escapeXml } from '../../output/xml.js';
import { type Finding, formatFinding, type LintRun } from '../finding.js';
import { ruleLink } from '../rule.js';
import { messageWithTemplate } from './place.js';

/**
 * JUnit's XML as Jenkins' `junit` step reads it: a failed test for each finding, a passed one for each script without any,
 * because the step takes a report without tests for a mistake. That ShellCheck did not run is a skipped test.
 */
export function formatJunit({ shellCheck, scripts, findings }: LintRun): string {
  const clean = scripts.filter((script) => findings.every(({ file }) => file !== script));
  const skipped = shellCheck === undefined ? [NOT_RUN] : [];
  const cases = [...findings.map(failed), ...clean.map(passed), ...skipped];
  const counts = `tests="${cases.length}" failures="${findings.length}" errors="0" skipped="${skipped.length}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="gen-scripts lint" ${counts} time="0">
${cases.join('')}  </testsuite>
</testsuites>
`;
}

const NOT_RUN = `    <testcase classname="gen-scripts.lint" name="ShellCheck" time="0">
      <skipped message="ShellCheck NOT run"/>
    </testcase>
`;

function failed(finding: Finding): string {
  const { file, line, column, level, code } = finding;
  const message = escapeXml(messageWithTemplate(finding));
  const details = escapeXml(`${formatFinding(finding)}${ruleLink(code)}`);
  return `    <testcase ${nameOf(file, `${code} ${line}:${column}`)}>
      <failure type="${level}" message="${message}">${details}</failure>
    </testcase>
`;
}

function passed(file: string): string {
  return `    <testcase ${nameOf(file, 'no findings')}/>\n`;
}

/** Jenkins takes what stands before the last dot for a package: a file's own dots would make one of each. */
function nameOf(file: string, name: string): string {
  return `classname="gen-scripts.${escapeXml(file.replaceAll('.', '_'))}" name="${escapeXml(name)}" time="0"`;
}
