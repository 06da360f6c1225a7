import { describe, expect, test } from '@jest/globals';
import { toTransfer } from '../../src/output/transfer.js';

const publish = { remoteRoot: '/srv/deploy', remoteDirectory: 'citest', execTimeout: 600_000 };

test('one app as the library sends it', () =>
  expect(toTransfer('citest', 'release', publish)).toEqual({
    app: 'citest',
    sourceFiles: 'release/*',
    removePrefix: 'release',
    remoteDirectory: 'citest',
    execCommand:
      'sh /srv/deploy/citest/auto.sh --build $BUILD_NUMBER </dev/null; ' +
      'sh /srv/deploy/citest/rollback.sh --outcome $? >/srv/deploy/citest/outcome </dev/null',
    fetchCommand: 'get citest/outcome .gen-scripts/outcomes/citest',
    execTimeout: 600_000,
    outcomeFolder: '.gen-scripts/outcomes/citest',
  }));

describe('the folder is spelled as the plugin compares it', () => {
  test.each([
    { given: './release', want: 'release' },
    { given: 'release/', want: 'release' },
    { given: 'out//release/citest', want: 'out/release/citest' },
  ])('$given', ({ given, want }) => {
    const { sourceFiles, removePrefix } = toTransfer('citest', given, publish);
    expect([sourceFiles, removePrefix]).toEqual([`${want}/*`, want]);
  });
});

describe('folders on the host', () => {
  test.each([
    { name: 'a root with a slash at its end', remoteRoot: '/srv/deploy/', path: '/srv/deploy/citest' },
    { name: 'the root of the file system', remoteRoot: '/', path: '/citest' },
    { name: 'a blank', remoteRoot: '/srv/my apps', path: "'/srv/my apps/citest'" },
    { name: 'a quote', remoteRoot: "/srv/o'hara", path: "'/srv/o'\\''hara/citest'" },
    // Jenkins makes one of the two.
    { name: 'a dollar', remoteRoot: '/srv/$HOME', path: "'/srv/$$HOME/citest'" },
  ])('$name', ({ remoteRoot, path }) => {
    const file = (name: string) => (path.endsWith("'") ? `${path.slice(0, -1)}/${name}'` : `${path}/${name}`);
    expect(toTransfer('citest', 'release', { ...publish, remoteRoot }).execCommand).toBe(
      `sh ${file('auto.sh')} --build $BUILD_NUMBER </dev/null; ` +
        `sh ${file('rollback.sh')} --outcome $? >${file('outcome')} </dev/null`,
    );
  });

  test('a dollar in the folder that is fetched from', () =>
    expect(toTransfer('citest', 'release', { ...publish, remoteDirectory: 'a$b' }).fetchCommand).toBe(
      'get a$$b/outcome .gen-scripts/outcomes/citest',
    ));
});

describe('no command without a way to get an answer', () => {
  test.each([
    { remoteRoot: '' },
    { remoteDirectory: 'my apps' },
    { remoteDirectory: 'a\tb' },
    { remoteDirectory: 'a*' },
    { remoteDirectory: 'a?' },
    { remoteDirectory: 'a[b]' },
    { remoteDirectory: 'a\\b' },
  ])('%j', (change) =>
    expect(toTransfer('citest', 'release', { ...publish, ...change })).toMatchObject({
      execCommand: '',
      fetchCommand: '',
    }),
  );
});
