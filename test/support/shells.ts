import { isInstalled, SHELLS, type Shell } from '../../src/rehearsal/shells.js';

export type { Shell };

/**
 * Those of the seven that are here. On CI all must be: a missing one throws. Elsewhere the missing ones are named in
 * `missingShells`, for a visible skip.
 */
export function installedShells(): Shell[] {
  const missing = missingShells();
  if (process.env.CI && missing.length > 0)
    throw new Error(`on CI every shell must be there, missing: ${missing.join(', ')}`);
  return SHELLS.filter(isInstalled);
}

export function missingShells(): string[] {
  return SHELLS.filter((shell) => !isInstalled(shell)).map(({ name }) => name);
}
