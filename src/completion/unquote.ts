/** What a shell would make of a word that may not be complete: quotes and backslashes go, nothing is expanded. */
export function unquote(word: string): string {
  let [text, quote] = ['', ''];
  for (let index = 0; index < word.length; index++) {
    const character = word[index] ?? '';
    const isEscape = character === '\\' && quote !== "'";
    if (isEscape) text += word[++index] ?? '';
    else if (quote === '' && (character === "'" || character === '"')) quote = character;
    else if (character === quote) quote = '';
    else text += character;
  }
  return text;
}
