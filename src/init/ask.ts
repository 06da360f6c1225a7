import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline/promises';
import { type Surroundings, say } from '../output/terminal.js';
import { formatProblems, UserError } from '../problems/problem.js';
import type { Answers } from './answers.js';
import { checkAnswer } from './check.js';
import { suggestAnswers } from './suggest.js';
import type { Questions } from './texts.js';

/**
 * Asks for what was not given by an option; Enter takes the suggestion. Questions go to stderr, like all talk.
 * @throws UserError when the terminal is closed (Ctrl-D, Ctrl-C) before the last answer
 */
export async function askAnswers(
  given: Partial<Answers>,
  questions: Questions,
  surroundings: Surroundings,
): Promise<Answers> {
  const terminal = createInterface({
    input: surroundings.stdin,
    output: surroundings.stderr,
    terminal: true,
  });
  // Ctrl-D ends a question with an AbortError, an input that just ends leaves it open for ever.
  const closed = once(terminal, 'close').then(() => Promise.reject(new Closed()));
  closed.catch(() => undefined);
  let answers = given;
  try {
    for (const name of Object.keys(questions) as (keyof Answers)[]) {
      if (answers[name] !== undefined) continue;
      const suggestion = suggestAnswers(answers, surroundings.cwd)[name];
      const question = `${questions[name]}${suggestion === '' ? '' : ` [${suggestion}]`}: `;
      const answer = await Promise.race([askOne(terminal, question, name, suggestion, surroundings), closed]);
      answers = { ...answers, [name]: answer };
    }
  } catch (error) {
    throw isClosed(error) ? new UserError([{ code: 'GS010', source: 'init' }]) : error;
  } finally {
    terminal.close();
  }
  return suggestAnswers(answers, surroundings.cwd);
}

/** Until the answer is one that `validate` will accept. */
async function askOne(
  terminal: Interface,
  question: string,
  name: keyof Answers,
  suggestion: string,
  surroundings: Surroundings,
): Promise<string> {
  for (;;) {
    const answer = (await terminal.question(question)).trim() || suggestion;
    const problem = checkAnswer(name, answer);
    if (problem === undefined) return answer;
    await say(surroundings, formatProblems([problem]));
  }
}

class Closed extends Error {}

function isClosed(error: unknown): boolean {
  return error instanceof Closed || (error as Error).name === 'AbortError';
}
