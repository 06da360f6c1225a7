import { formatTable } from '../output/table.js';
import { print, type Surroundings, say } from '../output/terminal.js';
import type { Resolved } from '../parameters/resolve.js';
import { showValues } from '../scripts/values.js';
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
    const files = [...new Set(apps.map(({ config }) => config))].join(', ');
    await say(surroundings, `${files}: ok${name === '' ? '' : ` (environment ${name})`}`);
  }
  return EXIT.done;
};

/** Every value of every app and where it comes from. */
async function show(apps: readonly Resolved[], surroundings: Surroundings): Promise<void> {
  for (const app of apps) {
    const place = app.host === '' ? app.config : `${app.config}, host ${app.host}`;
    const title = apps.length > 1 ? `# ${place}\n` : '';
    await print(
      surroundings,
      `${title}${formatTable(showValues(app).map(({ name, text, source }) => [name, text, source]))}`,
    );
  }
}
