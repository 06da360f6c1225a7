import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { templates } from '../scripts/templates.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** As deep in the project as the sources, which look for the simulator from where they are. */
const FOLDER = join(ROOT, 'node_modules/.bench');

/** Imports a TypeScript file of this project. @param path from the project's folder */
export async function importSource(path) {
  const outfile = join(FOLDER, basename(path).replace(/\.ts$/, '.mjs'));
  mkdirSync(FOLDER, { recursive: true });
  await build({
    ...{ absWorkingDir: ROOT, entryPoints: [path], outfile, plugins: [templates], logLevel: 'warning' },
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20' },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return import(pathToFileURL(outfile).href);
}
