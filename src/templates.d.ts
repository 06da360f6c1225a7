/** A template is bundled with its compiled form: scripts/templates.mjs, for the bundle and for jest. */
declare module '*.hbs' {
  const template: { readonly text: string; readonly spec: TemplateSpecification };
  export default template;
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
