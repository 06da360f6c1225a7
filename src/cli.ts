import { type Parsed, parseArguments } from './commands/arguments.js';
import { type Command, type CommandName, EXIT } from './commands/command.js';
import { outOfUnparsed, withdraw } from './commands/out.js';
import { print, type Surroundings, say } from './output/terminal.js';
import { formatProblems, UserError } from './problems/problem.js';
import { VERSION } from './version.js';

/** Loaded when asked for: `--help` need not wait for the template engine and the validator. */
const LOAD: Record<CommandName, () => Promise<Command>> = {
  render: async () => (await import('./commands/render.js')).render,
  preview: async () => (await import('./commands/preview.js')).preview,
  lint: async () => (await import('./commands/lint.js')).lint,
  rehearse: async () => (await import('./commands/rehearse.js')).rehearse,
  validate: async () => (await import('./commands/validate.js')).validate,
  ship: async () => (await import('./commands/ship.js')).ship,
  report: async () => (await import('./commands/report.js')).report,
  notify: async () => (await import('./commands/notify.js')).notify,
  history: async () => (await import('./commands/history.js')).history,
  init: async () => (await import('./commands/init.js')).init,
  schema: async () => (await import('./commands/schema.js')).schema,
  completion: async () => (await import('./commands/completion.js')).completion,
};

/** Runs one command line to its end. Never throws; resolves to the exit code. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    if (argv[0] === '--complete')
      return await (await import('./commands/complete.js')).complete(argv.slice(1), surroundings);
    const parsed = await parse(argv, surroundings);
    if (!('request' in parsed)) {
      await print(surroundings, await textOf(parsed));
      return EXIT.done;
    }
    const command = await LOAD[parsed.request.command]();
    return await command(parsed.request, surroundings);
  } catch (error) {
    return await report(error, surroundings);
  }
}

async function parse(argv: readonly string[], surroundings: Surroundings) {
  try {
    return parseArguments(argv);
  } catch (error) {
    const out = outOfUnparsed(argv);
    if (out !== undefined) await withdraw(out, surroundings);
    throw error;
  }
}

async function textOf(asked: Exclude<Parsed, { request: unknown }>): Promise<string> {
  if ('version' in asked) return `${VERSION}\n`;
  return (await import('./commands/help.js')).helpText(asked.help);
}

async function report(error: unknown, surroundings: Surroundings): Promise<number> {
  if (error instanceof UserError) {
    await say(surroundings, formatProblems(error.problems));
    return error.exitCode;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  await say(surroundings, `this is a bug in gen-scripts ${VERSION} (Node.js ${process.version}):\n${stack}`);
  return EXIT.bug;
}
