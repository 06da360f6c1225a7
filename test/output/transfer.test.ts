import { describe, expect, test } from '@jest/globals';
import { toTransfer } from '../../src/output/transfer.js';

const publish = { remoteRoot: '/srv/deploy', remoteDirectory: 'citest', execTimeout: 600_000 };

test('one app as the library sends it', () =>
  expect(toTransfer('citest', 'release', publish, 1)).toEqual({
    app: 'citest',
    order: 1,
    sourceFiles: 'release/*',
    removePrefix: 'release',
    remoteDirectory: 'citest',
    execCommand:
      'rm -f /srv/deploy/citest/outcome; sh /srv/deploy/citest/auto.sh --build $BUILD_NUMBER </dev/null; ' +
      'sh /srv/deploy/citest/rollback.sh --outcome $? >/srv/deploy/citest/outcome </dev/null',
    fetchCommand: 'get citest/outcome',
    execTimeout: 600_000,
  }));

describe('the folder is spelled as the plugin compares it', () => {
  test.each([
    { given: './release', want: 'release' },
    { given: 'release/', want: 'release' },
    { given: 'out//release/citest', want: 'out/release/citest' },
  ])('$given', ({ given, want }) => {
    const { sourceFiles, removePrefix } = toTransfer('citest', given, publish, 1);
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
    expect(toTransfer('citest', 'release', { ...publish, remoteRoot }, 1).execCommand).toBe(
      `rm -f ${file('outcome')}; sh ${file('auto.sh')} --build $BUILD_NUMBER </dev/null; ` +
        `sh ${file('rollback.sh')} --outcome $? >${file('outcome')} </dev/null`,
    );
  });

  test('a dollar in a folder: Jenkins makes one of the two in every field', () =>
    expect(toTransfer('citest', 'out$1', { ...publish, remoteDirectory: 'a$b' }, 1)).toMatchObject({
      sourceFiles: 'out$$1/*',
      removePrefix: 'out$$1',
      remoteDirectory: 'a$$b',
      fetchCommand: 'get a$$b/outcome',
    }));
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
    expect(toTransfer('citest', 'release', { ...publish, ...change }, 1)).toMatchObject({
      execCommand: '',
      fetchCommand: '',
    }),
  );
});
