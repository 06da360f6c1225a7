/** Where our own codes are explained, in a clone of this project and in its npm package. */
const MESSAGES = 'docs/messages.md#gs001-gs099-the-command-line-and-gen-scriptsyml';

/** Where a rule is explained: ShellCheck's wiki, which has a page for each code; for ours the page of this project. */
export function ruleLink(code: string): string {
  return isShellChecks(code) ? `https://www.shellcheck.net/wiki/${code}` : MESSAGES;
}

/** `ShellCheck.SC2086`, `gen-scripts.GS093`: the rule with whose it is. */
export function ruleName(code: string): string {
  return `${isShellChecks(code) ? 'ShellCheck' : 'gen-scripts'}.${code}`;
}

function isShellChecks(code: string): boolean {
  return code.startsWith('SC');
}
