import { readText } from '../history/read-files.js';
import { reasonOf } from '../output/file-problem.js';
import type { Surroundings } from '../output/terminal.js';
import { UserError } from '../problems/problem.js';
import { type HostHistory, readHostHistory } from '../rehearsal/host-history.js';
import { type RealHost, readRealHost } from '../rehearsal/real-host/read-host.js';
import type { Request } from './command.js';

/** What the command line gives of a real host; undefined for what it does not. */
export interface GivenHost {
  readonly history: HostHistory | undefined;
  readonly real: RealHost | undefined;
}

/** @throws UserError */
export async function readGivenHost({ options }: Request, surroundings: Surroundings): Promise<GivenHost> {
  const { history, containers } = options;
  if (history === '-' && containers === '-')
    throw new UserError([{ code: 'GS076', source: '--history, --containers', value: '-' }]);
  const read = async (option: string, code: string, file: string) =>
    await readText(file, surroundings).catch((error) => {
      throw new UserError([{ code, source: option, value: file, detail: whyNot(error) }]);
    });
  return {
    history: history === undefined ? undefined : readHostHistory(await read('--history', 'GS075', history)),
    real:
      containers === undefined
        ? undefined
        : readRealHost(await read('--containers', 'GS067', containers), containers),
  };
}

function whyNot({ code, message }: NodeJS.ErrnoException): string {
  if (code === undefined) return message;
  return code === 'ENOENT' ? 'there is no such file' : reasonOf(code);
}
