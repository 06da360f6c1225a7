/** A template is bundled as text (esbuild's `text` loader; test/support/transform.mjs does the same for jest). */
declare module '*.hbs' {
  const text: string;
  export default text;
}

/** What a browser reads is bundled as text as well. */
declare module '*.css' {
  const text: string;
  export default text;
}
declare module '*.browser.js' {
  const text: string;
  export default text;
}
declare module '*.min.js' {
  const text: string;
  export default text;
}
