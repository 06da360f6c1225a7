import { spawn } from 'node:child_process';
import { platform } from 'node:os';

/** Shows an address in the user's browser. Where that cannot be done, the address was printed all the same. */
export function openBrowser(address: string): void {
  const program = platform() === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(program, [address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
