import { UserError } from '../problems/problem.js';

/** A simulated host cannot be brought to where a scenario begins: these settings need more of docker than it knows. */
export function cannotRehearse(unsupported: readonly string[], output: string): UserError {
  const detail =
    unsupported.length > 0 ? `the simulated docker does not know: ${unsupported.join('; ')}` : output;
  return new UserError([{ code: 'GS078', source: 'rehearse', detail: detail.trimEnd() }]);
}

/** A host that is made up has made-up digests. */
export function needsHistory(value: string): UserError {
  const detail = 'a made-up host has no such digest';
  const hint = 'give the history of the host: --history FILE';
  return new UserError([{ code: 'GS078', source: 'the wanted version', value, detail, hint }]);
}
