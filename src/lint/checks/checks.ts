import { CATALOG } from '../../problems/catalog.js';
import type { TracedScript } from '../../scripts/origins.js';
import type { Finding, Level } from '../finding.js';
import { findDockerCalls, isAllowed } from './docker-calls.js';
import { endsInLastBlock } from './last-block.js';
import { secretLines } from './secrets.js';

/** What lint looks at by itself. Values are not its matter: they were checked where they were given. */
export function checkScript(file: string, script: TracedScript): Finding[] {
  const text = withoutValues(script);
  const report: Report = (level, code, offset, detail) => ({
    file,
    ...placeOf(text, offset),
    level,
    code,
    message: messageOf(code, detail),
  });
  return [
    ...checkLastBlock(text, report),
    // build.sh runs on the agent: no dry run, no lock, nothing to take back.
    ...(file.endsWith('/build.sh') ? [] : checkDockerCalls(text, report)),
    ...checkSecrets(text, report),
  ];
}

type Report = (level: Level, code: string, offset: number, detail?: string) => Finding;

function checkLastBlock(text: string, report: Report): Finding[] {
  return endsInLastBlock(text) ? [] : [report('error', 'GS092', text.trimEnd().lastIndexOf('\n') + 1)];
}

function checkDockerCalls(text: string, report: Report): Finding[] {
  const calls = findDockerCalls(text).filter((call) => !isAllowed(call));
  return calls.map(({ offset, inFunction }) =>
    report('warning', 'GS093', offset, inFunction === '' ? 'outside of any function' : `in ${inFunction}`),
  );
}

/** No value is named: the report may be shown to anybody. */
function checkSecrets(text: string, report: Report): Finding[] {
  const lines = text.split('\n');
  const startOf = (line: number) => lines.slice(0, line - 1).join('\n').length + Number(line > 1);
  return secretLines(text).map(([first = 1]) => report('error', 'GS094', startOf(first)));
}

/** The script as the templates write it: `$` in place of each character of a value, so that all places stay. */
function withoutValues({ text, lines }: TracedScript): string {
  const written = text.split('\n').map((line, index) => {
    const stretches = lines[index] ?? [];
    return stretches
      .map(({ column, isValue }, at) => {
        const piece = line.slice(column, stretches[at + 1]?.column);
        return isValue ? '$'.repeat(piece.length) : piece;
      })
      .join('');
  });
  return written.join('\n');
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: [...(before.at(-1) ?? '')].length + 1 };
}

function messageOf(code: string, detail: string | undefined): string {
  const { title = '', hint } = CATALOG[code] ?? {};
  const said = detail === undefined ? title : `${title} (${detail})`;
  return hint === undefined ? said : `${said}: ${hint}`;
}
