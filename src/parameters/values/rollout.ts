import { anchored } from './names.js';
import { matches, type Rule } from './rule.js';

export const BATCH = '[1-9][0-9]{0,3}|([1-9][0-9]?|100)%';

export const batch: Rule = matches(anchored(BATCH), {
  code: 'GS262',
  expected: 'a number of hosts from 1, or a part of them such as 25%',
});
