import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { announceReport } from '../../src/notify/announcement.js';
import { composeMessage, textOf } from '../../src/notify/message.js';
import { SERVICES } from '../../src/notify/services.js';
import { CATALOG } from '../../src/problems/catalog.js';
import { host, report, silent } from './reports.js';

/** The sentence is the report's, so each document has its own. */
const DOCUMENTS = [
  { language: 'en', path: 'docs/notify.md', sentence: 'web2: the new version did not get healthy.' },
  { language: 'zh', path: 'docs/zh-CN/notify.md', sentence: 'web2：新版本未通过健康检查。' },
] as const;

describe.each(DOCUMENTS)('$path', ({ language, path, sentence }) => {
  const document = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

  test('the message that it shows is the one that is sent', () => {
    const hosts = [host('web1', 'done'), host('web2', 'restored', { exit: 11 }), silent('web3', 'skipped')];
    const failed = announceReport(report({ result: 'FAILURE', sentence, hosts }), undefined);
    expect(document).toContain(`\n\`\`\`\n${textOf(composeMessage(failed, language, 2048))}\n\`\`\`\n`);
  });

  test('it names every variable, and no other one of this kind', () => {
    const known = SERVICES.flatMap(({ addressVariable, secretVariable = [] }) => [
      addressVariable,
      secretVariable,
    ]);
    const named = document.match(/\b[A-Z]+_(?:WEBHOOK|SECRET)\b/g) ?? [];
    expect([...new Set(named)].sort()).toEqual(known.flat().sort());
  });

  test('it says what its codes mean', () => {
    for (const code of ['GS017', 'GS018', 'GS019']) expect(document).toContain(`[${code}]`);
    expect(document).toContain(`${CATALOG.GS018?.title} [GS018]`);
    expect(document).toContain(`${CATALOG.GS019?.title} [GS019]`);
  });
});
