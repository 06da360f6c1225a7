import { UserError } from '../problems/problem.js';

/** A simulated host cannot be brought to where a scenario begins: these settings need more of docker than it knows. */
export function cannotRehearse(unsupported: readonly string[], output: string): UserError {
  const detail =
    unsupported.length > 0 ? `the simulated docker does not know: ${unsupported.join('; ')}` : output;
  return new UserError([{ code: 'GS078', source: 'rehearse', detail: detail.trimEnd() }]);
}
