#!/usr/bin/env node
/**
 * The fault matrix: `node test/matrix/run.mjs [--shell NAME] [--scenario TEXT] [--fault NAME] [--at N] [--mutants]`; all
 * of it without options. Bundled first, because what it renders and checks is TypeScript, and a test runner for each of
 * thousands of cells would take longer than the cells.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { templates } from '../../scripts/templates.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
// As deep in the project as the sources, which look for the simulator from where they are.
const BUNDLE = join(ROOT, 'node_modules/.matrix/main.mjs');

mkdirSync(dirname(BUNDLE), { recursive: true });
await build({
  entryPoints: [join(ROOT, 'test/matrix/main.ts')],
  outfile: BUNDLE,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  plugins: [templates],
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
await import(pathToFileURL(BUNDLE).href);
