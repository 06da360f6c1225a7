import { describe, expect, test } from '@jest/globals';
import { type Shipped, toTransfer } from '../../src/output/transfer.js';
import type { Publish } from '../../src/parameters/parameters.js';

const IMAGE = 'registry.example.com/team/citest:v2';
const transferOf = (folder: string, publish: Publish, more: Partial<Shipped> = {}) =>
  toTransfer({ app: 'citest', image: IMAGE, folder, publish, order: 1, hosts: [], ...more });
const publish = { remoteRoot: '/srv/deploy', remoteDirectory: 'citest', execTimeout: 600_000 };

test('one app as the library sends it', () =>
  expect(transferOf('release', publish)).toEqual({
    app: 'citest',
    order: 1,
    servers: [],
    sourceFiles: 'release/*',
    removePrefix: 'release',
    remoteDirectory: 'citest',
    execCommand:
      'rm -f /srv/deploy/citest/outcome; sh /srv/deploy/citest/auto.sh --build $BUILD_NUMBER </dev/null; ' +
      'sh /srv/deploy/citest/rollback.sh --outcome $? >/srv/deploy/citest/outcome </dev/null',
    revertCommand:
      'rm -f /srv/deploy/citest/outcome; sh /srv/deploy/citest/rollback.sh --build $BUILD_NUMBER ' +
      '--from registry.example.com/team/citest:v2 </dev/null; ' +
      'sh /srv/deploy/citest/rollback.sh --outcome $? >/srv/deploy/citest/outcome </dev/null',
    fetchCommand: 'get citest/outcome',
    execTimeout: 600_000,
  }));

test('a rollback has no way back', () =>
  expect(transferOf('release', publish, { image: '' }).revertCommand).toBe(''));

test('the hosts that it is for', () =>
  expect(transferOf('release/web1', publish, { hosts: [{ name: 'web1', ssh: 'x' }] }).servers).toEqual([
    'web1',
  ]));

describe('the folder is spelled as the plugin compares it', () => {
  test.each([
    { given: './release', want: 'release' },
    { given: 'release/', want: 'release' },
    { given: 'out//release/citest', want: 'out/release/citest' },
  ])('$given', ({ given, want }) => {
    const { sourceFiles, removePrefix } = transferOf(given, publish);
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
    expect(transferOf('release', { ...publish, remoteRoot }).execCommand).toBe(
      `rm -f ${file('outcome')}; sh ${file('auto.sh')} --build $BUILD_NUMBER </dev/null; ` +
        `sh ${file('rollback.sh')} --outcome $? >${file('outcome')} </dev/null`,
    );
  });

  test('a dollar in a folder: Jenkins makes one of the two in every field', () =>
    expect(transferOf('out$1', { ...publish, remoteDirectory: 'a$b' })).toMatchObject({
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
    expect(transferOf('release', { ...publish, ...change })).toMatchObject({
      execCommand: '',
      revertCommand: '',
      fetchCommand: '',
    }),
  );
});
