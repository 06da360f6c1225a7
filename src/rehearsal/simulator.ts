import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeTemporary } from './temporary.js';

/** Path inside simulator/ -> text. Set by scripts/build.mjs, because the bundle travels alone. */
declare const GEN_SCRIPTS_SIMULATOR: Readonly<Record<string, string>> | undefined;

/** The folder of the simulated docker and what belongs to it: first in the PATH of a simulated host. */
export const SIMULATOR =
  typeof GEN_SCRIPTS_SIMULATOR === 'undefined'
    ? join(dirname(fileURLToPath(import.meta.url)), '../../simulator')
    : unpack(GEN_SCRIPTS_SIMULATOR);

/** For as long as this process runs. */
function unpack(files: Readonly<Record<string, string>>): string {
  const folder = makeTemporary('gen-scripts-simulator-');
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, 0o755);
  }
  return folder;
}
