import { answerAt, takesValue } from '../completion/answer.js';
import { formatAnswer } from '../completion/candidate.js';
import { makeLookup } from '../completion/lookup.js';
import { findSpot } from '../completion/spot.js';
import { unquote } from '../completion/unquote.js';
import { print, type Surroundings } from '../output/terminal.js';
import { EXIT } from './command.js';

/**
 * What the completion of a shell asks: the shell, then the words up to the cursor. Somebody is typing: whatever is wrong,
 * nothing is said and nothing is written but the answer.
 */
export async function complete(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const [shell, ...words] = argv;
    // zsh has taken the quotes off.
    const spot = findSpot(shell === 'zsh' ? words : words.map(unquote), takesValue);
    const answer = await answerAt(spot, makeLookup(spot, surroundings));
    await print(surroundings, formatAnswer(answer, spot));
  } catch {
    // The run itself will say it.
  }
  return EXIT.done;
}
