/** Shows one command of a build and what it said, without what only a machine wants to read. */
export function showBuild(screen, world, { where, command, status, output }) {
  const said = tidy(output, world).split('\n').filter(Boolean);
  const shown = where === 'host' ? said.filter((line) => !line.startsWith('RESULT')) : onAgent(said);
  const prompt = command.startsWith('send') ? command : `$ ${command}`;
  screen.row(where, [{ text: prompt, style: 'cyan' }, ...shown.map(scriptLine)]);
  if (where === 'host') {
    const words = /^RESULT \d+ (.*)$/m.exec(tidy(output, world))?.[1] ?? 'it ended without a result';
    screen.row('exit code', [{ text: `${status}: ${words}`, style: status === 0 ? 'green' : 'red' }]);
  }
}

/** The scripts' own lines; not what docker and git print, nor the settings of the SSH step. */
function onAgent(lines) {
  const end = lines.findIndex((line) => line.startsWith('The SSH step'));
  return (end < 0 ? lines : lines.slice(0, end))
    .filter((line) => /^build: \+|release\/|^auto\.sh/.test(line))
    .map((line) => line.replace(/^build: /, ''));
}

/** docker's command lines are long and their beginning tells enough. */
function scriptLine(text) {
  return {
    text: `  ${text}`,
    style: text.startsWith('+') ? 'dim' : undefined,
    isClipped: text.startsWith('+'),
  };
}

/** Full ids and digests are for machines; the image's repository and the folder are the same everywhere. */
function tidy(text, { app, image, inbox }) {
  return text
    .replace(/@sha256:[0-9a-f]{64}/g, '')
    .replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1')
    .replaceAll(image, app)
    .replaceAll(`${inbox}/`, '');
}

/** Shows what an operator would find on the host: see lookAtHost. */
export function showHost(screen, { serves, containers, history, journal }) {
  const table = (rows) => (rows.length > 0 ? rows : ['(empty)']);
  const wide = Math.max(0, ...containers.map(({ name }) => name.length));
  screen.row('serves', [{ text: serves ?? 'nothing', style: serves ? 'green' : 'red' }]);
  screen.row(
    'containers',
    table(containers.map(({ name, state, version }) => `${name.padEnd(wide)}  ${version}  ${state}`)),
  );
  screen.row('history', table(history));
  screen.row(
    'journal',
    table(
      // That a deploy began is said by how it ended.
      journal
        .filter(({ result }) => result !== 'begun')
        .map(
          ({ action, result, from, to, who }) =>
            `${action.padEnd(8)}  ${result.padEnd(8)}  ${from} -> ${to}  by ${who}`,
        ),
    ),
  );
}
