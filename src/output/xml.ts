const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text of an attribute or an element. XML 1.0 has no way to write the other control characters, nor half a surrogate pair. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd');
}
