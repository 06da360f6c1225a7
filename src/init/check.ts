import { isFault, line, readScalar } from '../parameters/field.js';
import { containerName } from '../parameters/values/names.js';
import { absoluteFile, absolutePath } from '../parameters/values/paths.js';
import { publishedPort } from '../parameters/values/ports.js';
import { repository } from '../parameters/values/reference.js';
import { probeUrl } from '../parameters/values/resources.js';
import type { Rule } from '../parameters/values/rule.js';
import type { Problem } from '../problems/problem.js';
import type { Answers } from './answers.js';

/** The rules that `validate` will apply to the file, so that what `init` writes passes. */
const RULES: Readonly<Record<keyof Answers, readonly Rule[]>> = {
  app: [containerName],
  image: [repository],
  port: [publishedPort],
  healthUrl: [probeUrl],
  history: [absoluteFile],
  remoteRoot: [absolutePath],
  sshServer: [],
};

const NEEDED: readonly (keyof Answers)[] = ['app', 'image', 'history', 'remoteRoot', 'sshServer'];

export const FLAGS: Readonly<Record<keyof Answers, string>> = {
  app: 'app',
  image: 'image',
  port: 'port',
  healthUrl: 'health-url',
  history: 'history',
  remoteRoot: 'remote-root',
  sshServer: 'ssh-server',
};

/** @returns what is wrong with one answer, undefined if nothing is */
export function checkAnswer(name: keyof Answers, value: string): Problem | undefined {
  const source = `--${FLAGS[name]}`;
  if (value === '') return NEEDED.includes(name) ? { code: 'GS008', source } : undefined;
  const fault = readScalar(line(undefined, ...RULES[name]), value);
  if (!isFault(fault)) return undefined;
  const { secret, ...rest } = fault;
  return { ...rest, source, ...(secret ? {} : { value }) };
}
