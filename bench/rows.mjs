/**
 * One line of the table, and one pair of bars of the chart.
 * @typedef {object} Row
 * @property {[english: string, chinese: string]} what
 * @property {number} ours
 * @property {number} [other] what ours is held against, in the same unit and of the same run
 * @property {string | [english: string, chinese: string]} [otherName]
 * @property {number} [ratio] ours to the other, where it is not just that of the two
 * @property {number} [more] ours less the other, likewise
 * @property {Goal} [goal] left out: only to know
 * @property {string} [unit]
 * @property {string} [skipped] why it was not measured; then there is nothing but `what`
 *
 * What is promised; one of:
 * @typedef {object} Goal
 * @property {number} [ratio] ours is at most so many times the other
 * @property {number} [most] ours is at most this
 * @property {number} [least] ours is at least this
 * @property {number} [more] ours is at most so much more than the other
 */

/** @param {Row} row @returns {boolean | undefined} undefined: nothing was promised, or nothing was measured */
export function isMet({ ours, other, ratio = ours / other, more = ours - other, goal, skipped }) {
  if (skipped !== undefined || goal === undefined) return undefined;
  if (goal.ratio !== undefined) return ratio <= goal.ratio;
  if (goal.more !== undefined) return more <= goal.more;
  return goal.most === undefined ? ours >= goal.least : ours <= goal.most;
}

export function ratioOf({ ours, other, ratio = ours / other }) {
  return other === undefined ? '' : ratio.toFixed(2);
}

/** Three digits that count, as far as there are any. */
export function formatNumber(value, unit = '') {
  const digits = Number.isInteger(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`;
}

export function formatGoal({ goal, unit }) {
  if (goal === undefined) return '';
  if (goal.ratio !== undefined) return `≤ ${goal.ratio} ×`;
  if (goal.more !== undefined) return `≤ + ${formatNumber(goal.more, unit)}`;
  return goal.most === undefined
    ? `≥ ${formatNumber(goal.least, unit)}`
    : `≤ ${formatNumber(goal.most, unit)}`;
}

/** @param {string | [string, string] | undefined} text @param {'en' | 'zh'} lang */
export function say(text, lang) {
  return Array.isArray(text) ? text[lang === 'zh' ? 1 : 0] : (text ?? '');
}
