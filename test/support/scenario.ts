import { afterAll, describe, expect, test } from '@jest/globals';
import { busyboxTools } from './busybox.js';
import { Host } from './host.js';
import { installedShells, missingShells } from './shells.js';

const shells = installedShells();

type Act = (host: Host) => void | Promise<void>;

/** `sameCalls` false: where two runs race, the order of their calls is nobody's promise. */
type Options = { readonly sameCalls?: boolean };

/**
 * Runs `act` on a fresh host under every shell. Its own expectations hold in each; and what the shells did, to the docker
 * call, must be the same.
 */
export function scenario(name: string, act: Act, { sameCalls = true }: Options = {}): void {
  describe(name, () => {
    const records = new Map<string, unknown>();
    for (const [index, shell] of shells.entries()) {
      test(`${shell.name}`, async () => {
        // Every second shell with this machine's own tools, the others with those of a small host.
        const host = new Host(shell, undefined, index % 2 === 0 ? busyboxTools() : undefined);
        try {
          await act(host);
          records.set(shell.name, host.record());
          expect(host.unsupported()).toEqual([]);
        } finally {
          host.remove();
        }
        if (sameCalls) expect(records.get(shell.name)).toEqual([...records.values()][0]);
      });
    }
    for (const missing of missingShells()) test.skip(`${missing} (not installed)`, () => undefined);
    afterAll(() => records.clear());
  });
}
