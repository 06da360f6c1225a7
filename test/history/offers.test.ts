import { expect, test } from '@jest/globals';
import { toOffers } from '../../src/history/offers.js';
import { reference } from './support.js';

function told(text: string): string[] {
  return toOffers(text).map(
    ({ steps, line, refused }) => `${steps ?? '-'} ${line}${refused ? ' refused' : ''}`,
  );
}

test.each([
  { name: 'newest first', text: `${reference('v1')}\n${reference('v2')}\n`, want: ['1 2', '2 1'] },
  {
    name: 'blanks and empty lines',
    text: `\n${reference('v1')} \t\r\n  \n${reference('v2')}`,
    want: ['1 4', '2 2'],
  },
  {
    name: 'a line that is no image, and what is behind it',
    text: `a:1\nrm -rf /\nb:1\n`,
    want: ['1 3', '- 2 refused', '- 1'],
  },
  { name: "the recipe's image id", text: `a:1\n0123456789ab\n`, want: ['- 2 refused', '- 1'] },
  { name: 'an escape sequence', text: '\u001b[2Jv1\n', want: ['- 1 refused'] },
  { name: 'a carriage return within', text: `a:1\rb:1\n`, want: ['- 1 refused'] },
  { name: 'far too long', text: `${'a'.repeat(501)}\n`, want: ['- 1 refused'] },
  { name: 'nothing', text: '', want: [] },
])('$name', ({ text, want }) => expect(told(text)).toEqual(want));
