import { print } from '../output/terminal.js';
import { type Command, EXIT } from './command.js';

export const schema: Command = async (_request, surroundings) => {
  await print(surroundings, await schemaText());
  return EXIT.done;
};

/** The validator takes a while to load, and only the schema needs it here. */
export async function schemaText(): Promise<string> {
  return (await import('../parameters/json-schema.js')).renderJsonSchema();
}
