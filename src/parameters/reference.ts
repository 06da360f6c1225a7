import { CATALOG } from '../problems/catalog.js';
import { HOOK_LIMIT_SECONDS, SHORTEST_PULL_SECONDS } from './budget.js';
import type { Entry } from './entry.js';
import type { Field } from './field.js';
import { ENTRIES } from './table.js';
import { mapTag } from './tag.js';
import { formatDuration } from './values/durations.js';

/** docs/parameters.md: every parameter of the table and every problem that reading them may report. */
export function renderReference(): string {
  const entries = ENTRIES.map(([, entry]) => entry);
  const [settings, build] = [
    entries.filter(({ key }) => key !== ''),
    entries.filter(({ key }) => key === ''),
  ];
  return [
    INTRODUCTION,
    '## What a build brings\n',
    table(['Environment', 'Option', 'Default', 'Meaning'], build.map(buildRow)),
    BUILD_NOTES,
    '## gen-scripts.yml\n',
    table(['Key', 'Option', 'Type', 'Default', 'Meaning', 'Example'], settings.map(settingRow)),
    SETTING_NOTES,
    '## Codes\n',
    table(
      ['Code', 'Problem', 'What to do'],
      Object.entries(CATALOG).map(([code, { title, hint }]) => [code, title, hint ?? '']),
    ),
  ].join('\n');
}

const INTRODUCTION = `# Parameters

<!-- Made from src/parameters/table.ts and src/problems/catalog.ts; a test compares. -->

Option > environment > \`gen-scripts.yml\` > git > default. An empty value is the same as none, wherever it comes from.
\`gen-scripts validate --show\` prints each value with where it came from. Every problem is reported at once, with its
place and a code.
`;

const TAG_EXAMPLE = 'feature/login';

const BUILD_NOTES = `
White space around these is ignored. A tag push from GitLab is a deploy of that tag even if \`CTRL_BUILD\` is true (the
default of the job's checkbox); with \`CTRL_BUILD=false\` it is an error. \`ROLLBACK_TO\` and \`ROLLBACK_STEPS\` exclude each
other; they and \`ROLLBACK_FROM\` are ignored, with a notice, unless the build is a rollback.

A git tag that docker takes for a tag stays as it is. In any other, illegal characters become \`-\`, and \`-sha256-\` with
eight digits of the original's SHA-256 is put behind it: \`${TAG_EXAMPLE}\` becomes \`${mapTag(TAG_EXAMPLE)}\`. So that two git
tags never become one docker tag, the same happens to a tag that already ends in \`-sha256-<8 digits>\` or
\`_manual_<digits>\`. The mapping is shown.
`;

const SETTING_NOTES = `
- Durations are a whole number with a unit: \`500ms\`, \`60s\`, \`10m\`, \`1h\`.
- \`publish.execTimeout\` must cover the longest that a script may take: \`lockWait\`; finishing what an earlier run left (\`stopTimeout\` +
  \`health.timeout\`); looking at the version that runs (\`health.timeout\`); ${HOOK_LIMIT_SECONDS} s a hook; replacing and restoring (3 x \`stopTimeout\` +
  2 x \`health.timeout\`); \`health.settle\`. The pull gets what is left, ${SHORTEST_PULL_SECONDS} s at least.
- Numbers may stand where text is expected; they are taken as they are written. \`true\` and \`false\` must be quoted there.
- A section, list or map without a value (all its lines commented out) is the same as none.
- \`environments:\` holds entries with the same keys; \`--env NAME\` merges one over the rest: maps merge, lists replace.
- \`hosts:\` holds an entry for each host, by the name of its SSH server in Jenkins, in the order of the rollout: [Several hosts](fleet.md). What
  is different on a host stands in its entry and is merged over the rest in the same way; \`app\`, \`image\`, \`engine\`, \`build\`, \`git\` and \`rollout\` are
  the same on all of them. Its key \`ssh\` is where \`gen-scripts ship\` connects to, if that is not its name.
- \`container.options\` takes \`--name=value\`, flags, and options followed by their value as the next entry. A stray word
  would become the image and is refused. So are options that the scripts set themselves (\`--name\`, \`--rm\`, \`--restart\`,
  \`--cidfile\`, \`--pull\`, \`--network\`, \`--stop-timeout\`, \`--label-file\`, \`--attach\`), labels \`gen-scripts.*\`, and options that
  contradict a key that is set (\`--memory\`, \`--cpus\`, \`--user\`, \`--init\`, \`--env\` or \`--label\` of the same name). \`--publish\`,
  \`--volume\` and \`--env-file\` add to the keys.
- Secrets: a value whose name ends in PASSWORD, PASSWD, SECRET, TOKEN, PRIVATE_KEY, ACCESS_KEY, CREDENTIAL(S) or API_KEY is
  refused, and so is a URL with a user name or password in it. Put secrets into \`container.envFile\`, on the host.
- Docker Hub's own names are shortened as docker prints them: \`docker.io/library/nginx\` is \`nginx\`.
`;

function buildRow({ environment, flag, fallbackText, help }: Entry): string[] {
  return [environment.map(code).join(', '), flag ? code(`--${flag}`) : '', fallbackText, help];
}

function settingRow({ key, flag, field, fallback, fallbackText, help, example }: Entry): string[] {
  const written = typeof fallback === 'object' || fallback === '' ? '' : code(String(fallback));
  const shown = example === undefined ? '' : code(JSON.stringify(example));
  return [
    code(key),
    flag ? code(`--${flag}`) : '',
    describeType(field),
    fallbackText || written,
    help,
    shown,
  ];
}

function describeType(field: Field): string {
  switch (field.shape) {
    case 'text':
      return field.choices ? field.choices.map(code).join(', ') : 'text';
    case 'integer':
      return `${field.min} to ${field.max}`;
    case 'duration':
      return `duration, ${formatDuration(field.limits.min)} to ${formatDuration(field.limits.max)}`;
    case 'boolean':
      return '`true`, `false`';
    case 'list':
      return 'list of texts';
    case 'map':
      return 'map of texts';
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Angle brackets outside of code would be taken for HTML. */
function escapeCell(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/</g, '&lt;')))
    .join('')
    .replaceAll('|', '\\|');
}
