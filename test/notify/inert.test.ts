import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inert, inertAddress, shorten } from '../../src/notify/inert.js';
import { versionOf } from '../../src/report/version-of.js';

describe('inert', () => {
  test.each([
    ['li', 'li'],
    ['李雷 <li@example.com>', '李雷 ＜li＠example.com＞'],
    ['<!channel>', '＜!channel＞'],
    ['<users/all>', '＜users/all＞'],
    ['<at user_id="all">all</at>', '＜at user_id="all"＞all＜/at＞'],
    ['@all @channel', '＠all ＠channel'],
    ['[log in](http://evil.example)', '［log in］(http:／／evil.example)'],
    ['![](https://evil.example/x.png)', '!［］(https:／／evil.example/x.png)'],
    ['a\nb\r\n\tc', 'a b c'],
    ['\u001b[31mred\u0007', '［31mred'],
    ['left\u202eright\u200b\ufeff', 'left right'],
    ['half \ud83d', 'half'],
    ['```code', '｀｀｀code'],
    ['"quoted" \\ $HOME', '"quoted" \\ $HOME'],
  ])('%j becomes %j', (given, want) => expect(inert(given)).toBe(want));

  test('whatever is given: one line without a character that begins a link or a mention', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(inert(text)).not.toMatch(/[<>@[\]`\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|:\/\//u);
      }),
    );
  });
});

describe('inertAddress', () => {
  test.each([
    ['https://jenkins.example.com/job/a%20b/7/', 'https://jenkins.example.com/job/a%20b/7/'],
    ['http://[::1]:8080/job/部署/7/', 'http://[::1]:8080/job/%E9%83%A8%E7%BD%B2/7/'],
    [
      'https://jenkins.example.com/job/x|<!channel>@all](y)/7/',
      'https://jenkins.example.com/job/x%7C%3C!channel%3E%40all%5D%28y%29/7/',
    ],
    ['https://user:password@jenkins.example.com/', ''],
    ['javascript:alert(1)', ''],
    ['not an address', ''],
    ['', ''],
  ])('%j becomes %j', (given, want) =>
    expect(inertAddress(given)).toBe(want.replace('!channel', '%21channel')),
  );
});

describe('shorten', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcdef', 5, 'ab…'],
    ['部署部署', 9, '部署…'],
    ['部署部署', 10, '部署…'],
    ['😀😀', 7, '😀…'],
  ])('%j to %i bytes: %j', (given, bytes, want) => expect(shorten(given, bytes)).toBe(want));
});

test.each([
  ['registry.example.com:5000/team/citest:v1.4.0', 'v1.4.0'],
  ['registry.example.com:5000/team/citest:v1.4.0@sha256:0123456789abcdef', 'v1.4.0'],
  ['registry.example.com:5000/team/citest@sha256:0123456789abcdef', '0123456789ab'],
  ['registry.example.com:5000/team/citest', 'registry.example.com:5000/team/citest'],
  ['v1.4.0', 'v1.4.0'],
  ['', ''],
])('the version of %j is %j', (reference, want) => expect(versionOf(reference)).toBe(want));
