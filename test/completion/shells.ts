import { spawnSync } from 'node:child_process';
import { Terminal, type TerminalOptions } from '../support/terminal.js';

/** What a shell offers for a line that was typed up to its end. */
export interface Completing {
  offers(typed: string): Promise<string[]>;
  /** Everything that the shell said. */
  output(): string;
  close(): void;
}

type Start = (load: string, options: TerminalOptions) => Promise<Completing>;

/** Ctrl-X shows the line: all that the shell has inserted for the last key. */
const SHOW = '\u0018';
const CLEAR = '\u0015';

/** Readline's insert-completions: all that Tab would list. */
const bash: Start = async (load, options) => {
  const terminal = new Terminal('bash --norc --noprofile -i', options);
  terminal.type(
    `bind 'set enable-bracketed-paste off'; bind -x '"\\C-x": printf "LINE<%s>\\n" "$READLINE_LINE"'\n`,
  );
  return await prepared(terminal, load, '\u001b*');
};

/** A completion widget that inserts all matches. */
const zsh: Start = async (load, options) => {
  const terminal = new Terminal('zsh -f -i', options);
  const setUp = [
    'unsetopt zle_bracketed_paste 2>/dev/null; unset zle_bracketed_paste',
    'autoload -Uz compinit; compinit -u -d "$HOME/dump"',
    'show() { print -r -- "LINE<$BUFFER>"; }; zle -N show; bindkey "^X" show',
    'zle -C all-matches complete-word _generic; bindkey "^[*" all-matches',
    "zstyle ':completion:all-matches::::' completer _all_matches _complete",
    "zstyle ':completion:all-matches:*' insert true",
  ];
  terminal.type(`${setUp.join('\n')}\n`);
  return await prepared(terminal, load, '\u001b*');
};

async function prepared(terminal: Terminal, load: string, insertAll: string): Promise<Completing> {
  terminal.type(`${load}\necho LOA''DED\n`);
  await terminal.waitFor(/LOADED\r?\n/);
  return {
    offers: async (typed) => {
      terminal.type(`${typed}${insertAll}${SHOW}`);
      const [, line = ''] = await terminal.waitFor(/LINE<(.*)>\r?\n/);
      terminal.type(CLEAR);
      return inserted(line, typed);
    },
    output: () => terminal.output,
    close: () => terminal.close(),
  };
}

/** What replaced the last word; where it stays as it was, nothing was offered. */
function inserted(line: string, typed: string): string[] {
  const start = typed.lastIndexOf(' ') + 1;
  const rest = line.slice(start).trim();
  return rest === typed.slice(start) ? [] : rest.replaceAll("'", '').split(' ');
}

/** fish tells without a terminal. */
const fish: Start = async (load, { cwd, env }) => {
  let said = '';
  const run = (command: string) => {
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', command], {
      cwd,
      env,
      encoding: 'utf8',
    });
    said += stderr;
    return stdout;
  };
  return {
    offers: async (typed) => {
      const quoted = `'${typed.replace(/[\\']/g, '\\$&')}'`;
      const lines = run(`${load}\ncomplete -C ${quoted}`).split('\n').filter(Boolean);
      return lines.map((line) => line.split('\t')[0] ?? '');
    },
    output: () => said,
    close: () => undefined,
  };
};

export const STARTS = { bash, zsh, fish } as const;

export const LOADS = {
  bash: (name: string, options: string) => `eval "$(${name} completion bash${options})"`,
  zsh: (name: string, options: string) => `eval "$(${name} completion zsh${options})"`,
  fish: (name: string, options: string) => `${name} completion fish${options} | source`,
} as const;
