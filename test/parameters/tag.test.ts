import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { manualSuffix, mapTag } from '../../src/parameters/tag.js';
import { isDockerTag } from '../../src/parameters/values/reference.js';

describe('the docker tag of a git tag', () => {
  test.each([
    { given: 'v1.2.0', want: 'v1.2.0' },
    { given: 'v1.2.0-3-g4f0c1d9', want: 'v1.2.0-3-g4f0c1d9' },
    { given: 'release-20240101', want: 'release-20240101' },
    { given: '_x', want: '_x' },
    { given: 'web/v1', want: 'web-v1-sha256-60373ebc' },
    { given: '发布', want: expect.stringMatching(/^tag-sha256-[0-9a-f]{8}$/) },
    { given: 'v1+build', want: expect.stringMatching(/^v1-build-sha256-[0-9a-f]{8}$/) },
    { given: 'v1_manual_7', want: expect.stringMatching(/^v1_manual_7-sha256-[0-9a-f]{8}$/) },
    {
      given: 'web-v1-sha256-60373ebc',
      want: expect.stringMatching(/^web-v1-sha256-60373ebc-sha256-[0-9a-f]{8}$/),
    },
  ])('$given: $want', ({ given, want }) => expect(mapTag(given)).toEqual(want));

  test('128 characters are the limit, with what comes behind', () => {
    expect(mapTag('x'.repeat(128))).toBe('x'.repeat(128));
    expect(mapTag('x'.repeat(129))).toHaveLength(128);
    expect(mapTag('x'.repeat(128), '_manual_7')).toHaveLength(128);
    expect(mapTag('x'.repeat(119), '_manual_7')).toBe(`${'x'.repeat(119)}_manual_7`);
  });
});

/** Few letters, so that sanitised tags often coincide; and texts that look like mapped ones. */
const gitTag = fc.oneof(
  fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom('a', 'b', '/', '+', '-', '.', '_', 'é') }),
  fc.string({ minLength: 1, maxLength: 150, unit: 'binary' }),
  fc.nat(99).map((build) => `a_manual_${build}`),
  fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', '/', '+') }).map((text) => mapTag(text)),
);
const suffix = fc.oneof(
  fc.constant(''),
  fc.nat(99).map((build) => manualSuffix(String(build))),
);

test('is always a docker tag', () => {
  fc.assert(
    fc.property(gitTag, suffix, (text, end) => expect(isDockerTag(mapTag(text, end))).toBe(true)),
    { numRuns: 1000 },
  );
});

test('belongs to one git tag and one kind of build only', () => {
  fc.assert(
    fc.property(gitTag, suffix, gitTag, suffix, (a, endOfA, b, endOfB) => {
      fc.pre(a !== b || endOfA !== endOfB);
      expect(mapTag(a, endOfA)).not.toBe(mapTag(b, endOfB));
    }),
    { numRuns: 5000 },
  );
});
