import { escapeXml } from '../../output/xml.js';
import type { CellReport, SceneResult } from '../scene.js';
import type { Rehearsal } from './rehearsal.js';

/** JUnit's XML as Jenkins' junit step and GitLab read it: a suite for each scenario and shell, a case for each fault. */
export function formatJunit(rehearsals: readonly Rehearsal[]): string {
  const suites = rehearsals.flatMap(({ app, scenes }) => scenes.map((scene) => suite(app, scene)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function suite(app: string, { scenario, shell, path, cells }: SceneResult): string {
  const all = [path, ...cells];
  const failures = all.filter(({ violations }) => violations.length > 0).length;
  const name = escapeXml(`${app}: ${scenario} (${shell})`);
  const cases = all.map((cell) => testCase(`${app}.${scenario}`, cell)).join('');
  return `  <testsuite name="${name}" tests="${all.length}" failures="${failures}" errors="0" skipped="0">\n${cases}  </testsuite>\n`;
}

function testCase(suiteName: string, { name, violations }: CellReport): string {
  const begin = `    <testcase classname="${escapeXml(suiteName)}" name="${escapeXml(name)}"`;
  if (violations.length === 0) return `${begin}/>\n`;
  const message = escapeXml(violations[0]?.split('\n')[0] ?? '');
  const text = escapeXml(violations.join('\n'));
  return `${begin}>\n      <failure message="${message}">${text}</failure>\n    </testcase>\n`;
}
