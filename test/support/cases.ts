import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Resolved, resolveAll } from '../../src/parameters/resolve.js';

/** test/cases: what a user has and what comes of it. */
export const CASES = fileURLToPath(new URL('../cases', import.meta.url));

const GIT = {
  describe: 'v1.2-3-g4f0c1d9',
  commit: '4f0c1d9a7c5b3e2d1f0a9b8c7d6e5f4a3b2c1d0e',
  branch: 'main',
  dirty: false,
};

export function caseNames(): string[] {
  return readdirSync(CASES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** The build that a case describes. */
export async function resolveCase(name: string): Promise<Resolved> {
  const input = join(CASES, name, 'input');
  const [app] = await resolveAll({
    flags: {},
    environment: JSON.parse(readFileSync(join(input, 'environment.json'), 'utf8')),
    configs: ['gen-scripts.yml'],
    readConfig: async (file) => readFileSync(join(input, file), 'utf8'),
    git: async () => ({ source: GIT, problems: [], notices: [] }),
  });
  if (!app) throw new Error(`${name}: no app`);
  return app;
}
