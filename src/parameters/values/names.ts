import { type Fault, firstFault, matches, type Rule } from './rule.js';

/** Docker's own rule; the upper limit leaves room in file names and parked names, which add to it. */
export const CONTAINER_NAME = '[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}';

export const containerName: Rule = matches(anchored(CONTAINER_NAME), {
  code: 'GS031',
  expected: '2 to 128 letters, digits, "_", "." or "-", the first a letter or digit',
});

/**
 * Docker takes any name without "=", and dots and dashes in one are usual (Spring, .NET). White space cannot be given
 * back by an env file, and a first digit is what no shell or program can read: a slip of the hand.
 */
export const ENV_NAME = '[^=\\s\\u0000-\\u001f\\u007f0-9][^=\\s\\u0000-\\u001f\\u007f]*';

export const envName: Rule = matches(anchored(ENV_NAME), {
  code: 'GS041',
  expected: 'a name without "=", white space or control characters, the first no digit',
});

export const ARG_NAME = '[A-Za-z_][A-Za-z0-9_]*';

export const argName: Rule = matches(anchored(ARG_NAME), {
  code: 'GS041',
  expected: 'letters, digits and "_", the first no digit, as ARG in the Dockerfile has it',
});

export const LABEL_KEY = '[^=\\s\\u0000-\\u001f\\u007f]+';

export const labelKey: Rule = (text) =>
  firstFault([matches(anchored(LABEL_KEY), labelFault), notReserved], text);

const labelFault: Fault = { code: 'GS042', expected: 'a key without "=", white space or control characters' };

const notReserved: Rule = (text) => (text.startsWith('gen-scripts.') ? { code: 'GS043' } : undefined);

export const ENVIRONMENT_NAME = '[a-zA-Z0-9][a-zA-Z0-9_.-]*';

export const environmentName: Rule = matches(anchored(ENVIRONMENT_NAME), {
  code: 'GS029',
  expected: 'letters, digits, "_", "." or "-", the first a letter or digit',
});

const USER_PART = '[a-zA-Z0-9_][a-zA-Z0-9_.-]*\\$?';

export const USER = `${USER_PART}(:${USER_PART})?`;

export const user: Rule = (text) => {
  const fault: Fault = { code: 'GS048', expected: '<name or uid>[:<group or gid>], such as 1000:1000' };
  if (!anchored(USER).test(text)) return fault;
  const tooLarge = text.split(':').find((part) => /^\d+$/.test(part) && Number(part) > LARGEST_ID);
  return tooLarge ? { ...fault, detail: `ids go up to ${LARGEST_ID}` } : undefined;
};

const LARGEST_ID = 2 ** 31 - 1;

export const NETWORK = '(container:)?[a-zA-Z0-9][a-zA-Z0-9_.-]*';

export const network: Rule = matches(anchored(NETWORK), {
  code: 'GS044',
  expected: 'bridge, host, none, container:<name> or the name of a network',
  hint: 'aliases and fixed addresses go into container.options: --network-alias=..., --ip=...',
});

export const FURTHER_NETWORK = '(?!(host|none)$)[a-zA-Z0-9][a-zA-Z0-9_.-]*';

export const furtherNetwork: Rule = matches(anchored(FURTHER_NETWORK), {
  code: 'GS044',
  expected: 'bridge or the name of a network',
});

export const RESTART = 'no|always|unless-stopped|on-failure(:[0-9]+)?';

export const restart: Rule = matches(anchored(RESTART), {
  code: 'GS045',
  expected: 'no, always, unless-stopped, on-failure or on-failure:<retries>',
});

export const PLATFORM = '[a-z0-9_]+(/[a-z0-9_]+(/[a-z0-9_.]+)?)?';

export const platform: Rule = matches(anchored(PLATFORM), {
  code: 'GS049',
  expected: 'one os[/arch[/variant]], such as linux/amd64',
});

export const gitMatch: Rule = (text) => {
  const fault = { code: 'GS056', expected: 'one pattern, such as web-*' };
  if (text.startsWith('refs/')) return { ...fault, detail: 'git matches what follows refs/tags/' };
  return /\s/.test(text) ? { ...fault, detail: 'no git tag has white space in it' } : undefined;
};

/** Patterns in this folder are written without anchors, as the JSON Schema wants to combine them. */
export function anchored(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

/** Docker takes the name of a stage or its number. */
export const buildTarget: Rule = matches(anchored('[a-zA-Z0-9][a-zA-Z0-9_.-]*'), {
  code: 'GS058',
  expected: 'the name of a stage, as FROM ... AS <name> has it',
});
