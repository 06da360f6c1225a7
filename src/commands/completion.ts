import { completionScript, isShell, SHELLS } from '../completion/shells.js';
import { print } from '../output/terminal.js';
import { UserError } from '../problems/problem.js';
import { type Command, EXIT } from './command.js';

const DEFAULT_NAME = 'gen-scripts';

/** Prints what a shell has to load; it asks `--complete` at each press of the key. */
export const completion: Command = async ({ word, options }, surroundings) => {
  const { name = DEFAULT_NAME } = options;
  const expected = Object.keys(SHELLS).join(', ');
  if (!isShell(word)) throw new UserError([{ code: 'GS034', source: 'completion', value: word, expected }]);
  if (!/^\w[\w.-]*$/.test(name)) {
    const letters = 'letters, digits, _ . and -, as a command or function is called';
    throw new UserError([{ code: 'GS030', source: '--name', value: name, expected: letters }]);
  }
  await print(surroundings, completionScript(word, name));
  return EXIT.done;
};
