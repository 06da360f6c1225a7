/** A template is bundled with its compiled form: scripts/templates.mjs, for the bundle and for jest. */
declare module '*.hbs' {
  const template: { readonly text: string; readonly spec: TemplateSpecification };
  export default template;
}
