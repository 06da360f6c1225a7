import { runGroovy } from './options-groovy.js';

/** An element of an XML file, without comments and white space between elements. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Element[];
}

export function readXml(file: string): Element {
  return runGroovy('options-xml.groovy', file) as Element;
}

/** All elements of a name, at any depth, in the order of the file. */
export function findAll(root: Element, name: string): Element[] {
  const below = root.children.flatMap((child) => findAll(child, name));
  return root.name === name ? [root, ...below] : below;
}

/** The text of the only child with that name. */
export function textOf(parent: Element, name: string): string {
  const [found, ...more] = parent.children.filter((child) => child.name === name);
  if (found === undefined || more.length > 0) throw new Error(`${parent.name}: not exactly one ${name}`);
  return found.text;
}
