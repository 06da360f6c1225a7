import { expect, test } from '@jest/globals';
import { html } from '../../../src/preview/page/html.js';

test.each([
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  [`"' onmouseover=x`, '&quot;&#39; onmouseover=x'],
  ['&amp;', '&amp;amp;'],
  ['a\u202eb\u0000c\u200bd', 'a\ufffdb\ufffdc\ufffdd'],
  ['tab\tline\n中文 🚀', 'tab\tline\n中文 🚀'],
])('%j is text', (given, want) =>
  expect(html`<b title="${given}">${given}</b>`.text).toBe(`<b title="${want}">${want}</b>`),
);

test('half a surrogate pair is none', () => expect(html`${'\ud800'}`.text).toBe('\ufffd'));

test('markup stays markup, lists are joined, nothing is nothing', () =>
  expect(html`${html`<b></b>`}${['<', html`<i></i>`, 3]}${undefined}${false}`.text).toBe(
    '<b></b>&lt;<i></i>3',
  ));
