import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkScript } from '../../src/lint/checks/checks.js';
import { ALLOWED, findDockerCalls } from '../../src/lint/checks/docker-calls.js';
import { endsInLastBlock } from '../../src/lint/checks/last-block.js';
import { secretLines } from '../../src/lint/checks/secrets.js';
import { readCommands } from '../../src/lint/checks/shell-reader.js';
import { compileTemplate } from '../../src/scripts/compile.js';
import { builtinTemplates, type TemplateSet } from '../../src/scripts/templates.js';
import { traceScripts } from '../../src/scripts/trace.js';
import { caseNames, resolveCase } from '../support/cases.js';
import { WITH_PASSWORD, WITHOUT_PASSWORD } from '../support/login-lines.js';
import { type Changes, makeParameters } from '../support/parameters.js';

const builtin = builtinTemplates();

/** Findings in rollback.sh or another script, as `CODE template:line`. */
function check(changes: Changes = {}, templates: TemplateSet = builtin) {
  const scripts = [...traceScripts(makeParameters(changes), templates, '0')];
  return scripts.flatMap(([name, script]) => checkScript(`release/${name}`, script));
}

function withPartial(name: string, text: string): TemplateSet {
  return new Map([...builtin, [`docker/partials/${name}`, compileTemplate({ text, file: name })]]);
}

describe('our own templates have no finding', () => {
  test.each(caseNames())('%s', async (name) => {
    const { parameters } = await resolveCase(name);
    for (const [file, script] of traceScripts(parameters, builtin, '0.0.0'))
      expect(checkScript(`release/${file}`, script)).toEqual([]);
  });

  test.each<Changes>([
    { registry: { login: 'file', username: 'ci', passwordFile: '/etc/p' } },
    { registry: { login: 'shipped', username: '', passwordFile: '' } },
    { hooks: { beforeDeploy: 'docker ps', afterRollback: 'sh -c "docker ps"' } },
    { container: { command: ['docker', 'docker ps', '--password=x', 'A_TOKEN=b', "it's"] } },
    { mode: 'rollback' },
  ])('with %j', (changes) => expect(check(changes)).toEqual([]));

  test('the functions that may call docker are those that do', () => {
    const logins: Changes[] = ['file', 'shipped'].map((login) => ({
      registry: { login: login as 'file' | 'shipped', username: 'ci', passwordFile: '/etc/p' },
    }));
    const calls = [...logins, { engine: 'swarm' } as Changes].flatMap((changes) => {
      const { text = '' } = traceScripts(makeParameters(changes), builtin, '0').get('repull.sh') ?? {};
      return findDockerCalls(text).map(({ inFunction, argument }) => `${inFunction} ${argument}`);
    });
    const allowed = Object.entries(ALLOWED).flatMap(([name, words]) =>
      words.map((word) => `${name} ${word}`),
    );
    expect([...new Set(calls)].sort()).toEqual(allowed.sort());
  });
});

describe('the last block', () => {
  test.each(['{\n\tmain "$@"\n\texit\n}\n', 'x\n{ main "$@"; exit; }', 'x\n{ main "$@"; exit\n}\n\n'])(
    '%j ends a script',
    (text) => expect(endsInLastBlock(text)).toBe(true),
  );

  test.each([
    '',
    'main "$@"\n',
    '{ main "$@"; }\n',
    '{ main; exit; }\n',
    '{ main "$@"; exit 0; }\n',
    '# {\n# main "$@"\n# exit\n# }\n',
    'if x; then {\n\tmain "$@"\n\texit\n}\nfi\n',
    '{\n\tmain "$@"\n\texit\n}\necho more\n',
    'x { main "$@"; exit; }\n',
  ])('%j does not', (text) => expect(endsInLastBlock(text)).toBe(false));

  test('its lack is found in every script, where the script ends', () => {
    const text = (builtin.get('docker/rollback')?.text ?? '').replace(/\{\n\tmain[^}]*\}\n$/, 'main "$@"\n');
    const templates = new Map([...builtin, ['docker/rollback', compileTemplate({ text, file: 'r' })]]);
    expect(check({ mode: 'rollback' }, templates)[0]).toMatchObject({
      file: 'release/rollback.sh',
      column: 1,
      level: 'error',
      code: 'GS092',
      message: expect.stringContaining('{ main "$@"; exit; }'),
    });
    const build = new Map([...builtin, ['docker/build', compileTemplate({ text: 'x\n', file: 'b' })]]);
    expect(check({}, build).map(({ file, code, line }) => `${file}:${line} ${code}`)).toEqual([
      'release/build.sh:1 GS092',
    ]);
  });
});

describe('docker calls', () => {
  test.each([
    'docker ps',
    'x=$(docker ps)',
    'echo "a $(docker ps) b"',
    'echo `docker ps`',
    'if docker ps; then :; fi',
    '! docker ps',
    'a || docker ps',
    'a | docker load',
    '{ docker ps; }',
    '(docker ps)',
    'A=1 docker ps',
    '/usr/bin/docker ps',
    '"docker" ps',
    "d'ocker' ps",
    '\\docker ps',
    '"$BIN/docker" ps',
    'timeout 60 docker ps',
    'sudo -n /usr/bin/docker ps',
    'exec docker ps',
    'command docker ps',
    'xargs docker rm',
    '>/dev/null docker ps',
    '2>&1 docker ps',
    'case $x in a) docker ps ;; esac',
    'case $x in (a | b) ;; c) docker ps ;; esac',
    'x=$(case $y in a) docker ps ;; esac)',
    'while read -r x; do docker rm "$x"; done',
    'for x in a b; do docker rm "$x"; done',
    'x=${y:-$(docker ps)}',
    'D=docker; "$D" ps',
    "sh -c 'docker ps'",
    'eval "docker ps"',
    'cat <<EOF\ntext\nEOF\ndocker ps',
    'echo $((1 + (2))); docker ps',
    "echo it\\'s; docker ps",
    'echo "${x:-it\'s}"; docker ps',
  ])('%j is one', (line) => expect(findDockerCalls(line)).toHaveLength(1));

  test.each([
    '# docker ps',
    'echo docker',
    'say "docker ps"',
    "fail 10 GS105 'no answer' 'docker info'",
    'fail 10 GS105 "no answer" docker-info',
    'command -v docker',
    'command -v docker >/dev/null || fail 1',
    'type docker',
    'for tool in docker flock; do command -v "$tool"; done',
    'case $x in docker) ;; esac',
    'case docker in x) ;; esac',
    'DOCKER_CONFIG=$WORK/docker',
    'mkdir "$WORK/docker"',
    'rm -rf "$x/docker"',
    'cat <<EOF\ndocker ps\nEOF',
    "cat <<-'EOF'\n\tdocker ps\n\tEOF",
    'docker() { :; }',
    "awk '{ docker ps }'",
    'podman ps',
    'x=docker-compose',
  ])('%j is none', (line) => expect(findDockerCalls(line)).toEqual([]));

  test.each([
    ['f() { docker ps; }', 'f'],
    ['f() {\n\tif a; then { docker ps; }; fi\n}\n', 'f'],
    ['f() (docker ps)', 'f'],
    ['f() { x; }\ndocker ps', ''],
    ['f() { x=$(g | while read -r y; do docker rm "$y"; done); }', 'f'],
    ['f() { echo "}"; docker ps; }', 'f'],
    ['f() { g() { :; }; docker ps; }', 'f'],
  ])('%j: in %j', (text, name) => expect(findDockerCalls(text)[0]?.inFunction).toBe(name));

  const status = (line: string) =>
    check({ mode: 'rollback' }, withPartial('status', `show_status() {\n\t${line}\n\texit 0\n}\n`));

  test('one of a template of the project is found, with its place and its function', () => {
    const [finding, ...others] = status('docker ps');
    expect(others).toEqual([{ ...finding, file: 'release/auto.sh' }]);
    expect(finding).toMatchObject({ level: 'warning', code: 'GS093', column: 2 });
    expect(finding?.message).toContain('docker is called past query and change (in show_status)');
  });

  test('not what goes through query and change', () =>
    expect(status('query ps && change rm "$x"')).toEqual([]));

  test('nor in build.sh, which has nothing to take back', () =>
    expect(check({}, withPartial('build-steps', 'f() {\n\tdocker ps\n}\n'))).toEqual([]));

  test('a function of ours may not call more than it does', () => {
    const text = (builtin.get('docker/partials/swap')?.text ?? '').replace('60 docker logs', '60 docker rm');
    expect(check({ mode: 'rollback' }, withPartial('swap', text)).map(({ code }) => code)).toContain('GS093');
  });
});

test('commands are told from all that is no command', () => {
  const script = `A='x y' B=$(one "two three") three 2>/dev/null <file &&
	four \\
		five # six
case $x in
a | "b c") seven ;;
*) eight "$(nine)" ;;
esac
for i in ten eleven; do twelve; done`;
  expect(readCommands(script).map(({ words }) => words.map(({ raw }) => raw).join(' '))).toEqual([
    'one "two three"',
    `A='x y' B=$(one "two three") three`,
    'four five',
    'seven',
    'nine',
    'eight "$(nine)"',
    'twelve',
  ]);
});

test('whatever the text, it is read to its end, and words stand where they say', () => {
  const piece = fc.constantFrom(
    ...[
      'docker',
      ' ',
      '\n',
      ';',
      ';;',
      '&',
      '|',
      '(',
      ')',
      '{',
      '}',
      '`',
      '$(',
      '${',
      '$((',
      '"',
      "'",
      '\\',
      '#',
    ],
    ...['case ', ' in ', 'esac', 'for ', 'do ', 'f()', '<<E', '\nE\n', '>', '2>&1', '=', 'x'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      for (const { words } of readCommands(text))
        for (const { raw, offset } of words) expect(text.slice(offset, offset + raw.length)).toBe(raw);
    }),
    { numRuns: 2000 },
  );
});

describe('secrets', () => {
  test.each(Object.entries(WITH_PASSWORD))('%s', (_, text) => expect(secretLines(text)).not.toEqual([]));
  test.each(Object.entries(WITHOUT_PASSWORD))('none: %s', (_, text) => expect(secretLines(text)).toEqual([]));

  test.each([
    ['DB_PASSWORD=swordfish', true],
    ['export API_TOKEN="swordfish"', true],
    ['curl https://ci:swordfish@example.com/', true],
    ['DB_PASSWORD=$1', false],
    ['DB_PASSWORD=$(cat /etc/p)', false],
    ["DB_PASSWORD=''", false],
    ['DB_PASSWORD_FILE=/etc/p', false],
    ["\tcredentials=registry.credentials REGISTRY_USER=''", false],
    ['\tcredentials=registry.credentials TOKEN=swordfish', true],
    ['credentials=swordfish', true],
  ])('%s: %s', (text, want) => expect(secretLines(text).length > 0).toBe(want));

  test('all lines of a continued one', () =>
    expect(secretLines('a\ndocker login \\\n  -u ci \\\n  -p swordfish\nb\n')).toEqual([[2, 3, 4]]));

  test('in a template they are found, and not shown', () => {
    const found = check(
      { mode: 'rollback' },
      withPartial('status', 'show_status() {\n\tAPI_TOKEN=swordfish\n\texit 0\n}\n'),
    );
    expect(found.map(({ code, level, column }) => ({ code, level, column }))[0]).toEqual({
      code: 'GS094',
      level: 'error',
      column: 1,
    });
    expect(JSON.stringify(found)).not.toContain('swordfish');
  });

  test('a value is not the matter of a template', () =>
    expect(check({}, withPartial('build-login', 'log_in() {\n\tAPI_TOKEN={{sh app}}\n}\n'))).toEqual([]));
});
