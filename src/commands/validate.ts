import { formatTable } from '../output/table.js';
import { print, type Surroundings, say } from '../output/terminal.js';
import type { Resolved } from '../parameters/resolve.js';
import { ENTRIES } from '../parameters/table.js';
import { formatPath } from '../parameters/tree.js';
import { formatDuration } from '../parameters/values/durations.js';
import { flatten } from '../scripts/manifest.js';
import { readInputs, resolveApps, sayNotices } from './apps.js';
import { type Command, EXIT } from './command.js';
import { resolveEnvironments } from './variants.js';

/** Checks the settings of every environment, or of the one that is named. */
export const validate: Command = async (request, surroundings) => {
  const inputs = await readInputs(request, surroundings);
  const checked = await resolveEnvironments(request, inputs);
  if (request.switches.has('show')) await show(await resolveApps(request, inputs), surroundings);
  await sayNotices(
    checked.flatMap(({ apps }) => apps),
    surroundings,
  );
  for (const { name, apps } of checked) {
    const files = apps.map(({ config }) => config).join(', ');
    await say(surroundings, `${files}: ok${name === '' ? '' : ` (environment ${name})`}`);
  }
  return EXIT.done;
};

/** Every value of every app and where it comes from. */
async function show(apps: readonly Resolved[], surroundings: Surroundings): Promise<void> {
  for (const app of apps) {
    const title = apps.length > 1 ? `# ${app.config}\n` : '';
    await print(surroundings, `${title}${formatTable(rowsOf(app))}`);
  }
}

/**
 * Durations with their unit, other values as JSON, so that empty and odd ones can be seen. Parts of a map or list
 * may come from different places.
 */
function rowsOf({ parameters, sources }: Resolved): string[][] {
  return flatten(parameters)
    .flatMap(([name, value]) => partsOf(name, value))
    .map(([name, value]) => [name, formatValue(name, value), sources.get(name) ?? 'default']);
}

function formatValue(name: string, value: unknown): string {
  const entry = ENTRIES.find(([known]) => known === name)?.[1];
  const isDuration = entry?.field.shape === 'duration' && typeof value === 'number';
  return isDuration ? formatDuration(value) : JSON.stringify(value);
}

function partsOf(name: string, value: unknown): [string, unknown][] {
  const parts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (parts.length === 0) return [[name, value]];
  const step = (key: string) => (Array.isArray(value) ? Number(key) : key);
  return parts.map(([key, part]) => [formatPath([...name.split('.'), step(key)]), part]);
}
