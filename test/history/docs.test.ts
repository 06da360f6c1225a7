import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cleanUp, folderWith, gen } from '../commands/support.js';
import { deploy, line, reference } from './support.js';

const DOCUMENTS = [
  { lang: 'en', path: 'docs/history.md' },
  { lang: 'zh', path: 'docs/zh-CN/history.md' },
] as const;

const V1 = deploy('01:00:00', '01:00:12', { to: 'v1', build: '1' });
const V2 = deploy('02:00:00', '02:01:05', { from: 'v1', to: 'v2', build: '2', seconds: '65' });
const FAILED = deploy('02:10:00', '02:10:20', {
  from: 'v1',
  to: 'v2',
  build: '2',
  result: 'restored',
  seconds: '20',
});
const BAD = deploy('05:00:00', '05:00:41', {
  from: 'v2',
  to: 'v3',
  build: '3',
  result: 'restored',
  seconds: '41',
});
const V4 = deploy('06:00:00', '06:00:09', { from: 'v2', to: 'v4', build: '4', seconds: '9' });
const BACK = line({
  at: '06:20:07',
  began: '06:20:00',
  action: 'rollback',
  from: 'v4',
  to: 'v2',
  build: '5',
  who: 'han.mei',
  seconds: '7',
});

let cwd = '';

beforeAll(async () => {
  cwd = await folderWith({
    citest_history: `${reference('v0')}\n${reference('v1')}\n`,
    'citest_history.journal': V1 + V2 + BAD + V4 + BACK,
    web1: `${reference('v1')}\n`,
    'web1.journal': V1 + V2,
    web2: '',
    'web2.journal': V1 + FAILED,
  });
});
afterAll(cleanUp);

describe.each(DOCUMENTS)('$path', ({ lang, path }) => {
  const document = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

  test.each([
    { name: 'one host', argv: ['citest_history'] },
    { name: 'two hosts', argv: ['web1=web1', 'web2=web2'] },
  ])('what it shows of $name is what is printed', async ({ argv }) => {
    const { stdout } = await gen(cwd, ['history', '--lang', lang, ...argv], {});
    expect(document).toContain(`\n\`\`\`\n${stdout}\`\`\`\n`);
  });

  test('it has every key of the JSON', async () => {
    const { stdout } = await gen(cwd, ['history', 'web1', 'web2', '--format', 'json'], {});
    const keys = new Set(stdout.match(/(?<=")[a-zA-Z]+(?=":)/g));
    expect([...keys].filter((key) => !document.includes(key))).toEqual([]);
  });
});
