import { builtinTemplates, type TemplateSet } from '../../src/scripts/templates.js';

/** A way to write the scripts wrongly, and the seed whose sequences show it soon. */
export interface Mutant {
  readonly name: string;
  readonly partial: string;
  readonly from: string;
  readonly to: string;
  readonly seed: number;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'the history is changed before the new version has proved itself',
    partial: 'swap-file',
    from: 'next_history >"$HISTORY.next" && flush "$HISTORY.next"',
    to: 'next_history >"$HISTORY.next" && cp "$HISTORY.next" "$HISTORY" && OLD_HISTORY=$(checksum "$HISTORY")',
    seed: 1,
  },
  {
    name: 'a deploy that failed is forgotten by the next rollback',
    partial: 'target',
    from: `*,,'1 '*) stay`,
    to: `*,,'2 '*) stay`,
    seed: 3,
  },
  {
    name: 'a parked container keeps its restart policy',
    partial: 'swap',
    from: 'change update --restart=no "$OLD_ID"',
    to: ':',
    seed: 1,
  },
  {
    name: 'the container that comes back does not get its name back',
    partial: 'swap',
    from: 'rename_to "$OLD_ID" "$OLD_NAME" || rename_to "$OLD_ID" "$OLD_NAME"',
    to: ':',
    seed: 1,
  },
  {
    name: 'what was rolled back from stays in the history',
    partial: 'target',
    from: `'NR < at'`,
    to: `'NR <= at'`,
    seed: 2,
  },
];

export function mutate({ partial, from, to }: Mutant): TemplateSet {
  const name = `docker/partials/${partial}`;
  const templates = builtinTemplates();
  const template = templates.get(name);
  if (template === undefined || !template.text.includes(from)) throw new Error(`${name} has no '${from}'`);
  return new Map([...templates, [name, { ...template, text: template.text.replace(from, to) }]]);
}
