/** A template is bundled as text (esbuild's `text` loader; test/support/transform.mjs does the same for jest). */
declare module '*.hbs' {
  const text: string;
  export default text;
}
