/** What is wrong with a value; where it stands is for the caller to add. */
export interface Fault {
  readonly code: string;
  readonly detail?: string;
  readonly expected?: string;
  readonly hint?: string;
  /** The value must not be shown, not even as part of its line. */
  readonly secret?: boolean;
}

/** Checks a value that is not empty. */
export type Rule = (text: string) => Fault | undefined;

/** A rule that is one regular expression. */
export function matches(pattern: RegExp, fault: Fault): Rule {
  return (text) => (pattern.test(text) ? undefined : fault);
}

export function oneOf(choices: readonly string[]): Rule {
  const expected = choices.length === 1 ? `${choices[0]}` : `one of ${choices.join(', ')}`;
  return (text) => (choices.includes(text) ? undefined : { code: 'GS034', expected });
}

/** @returns the first fault that one of the rules finds */
export function firstFault(rules: readonly Rule[], text: string): Fault | undefined {
  for (const rule of rules) {
    const fault = rule(text);
    if (fault) return fault;
  }
  return undefined;
}
