import { type Fields, OPTIONS, type Type } from './options.js';
import type { Element } from './options-xml.js';

/** What a config.xml names that no class has. @returns one line a name; none if all exist */
export function findUnknownElements(root: Element): string[] {
  return checkElement(root, root.name, root.name);
}

function checkElement(element: Element, className: string, path: string): string[] {
  const type = OPTIONS.xml[className];
  if (type === undefined) return [`${path}: no class ${className}`];
  return element.children.flatMap((child) => checkField(child, type, `${path}/${child.name}`));
}

function checkField(field: Element, type: Type, path: string): string[] {
  const { children } = field;
  if (type.values.includes(field.name)) return children.length > 0 ? [`${path}: has no elements`] : [];
  const kind = type.nested?.[field.name];
  if (kind === undefined) return [`${path}: no such field`];
  if (kind === 'list') return children.flatMap((item) => checkElement(item, toClassName(item.name), path));
  if (kind === 'strings')
    return children.filter(({ name }) => name !== 'string').map(({ name }) => `${path}: ${name}`);
  const given = field.attributes.class ?? kind;
  return given === kind ? checkElement(field, kind, path) : [`${path}: class ${given}, not ${kind}`];
}

/** Jenkins doubles the underscores of class names in element names. */
function toClassName(name: string): string {
  return name.replaceAll('__', '_');
}

/** What a YAML file names that does not exist. @returns one line a name; none if all exist */
export function findUnknownKeys(value: unknown, types: Fields): string[] {
  return checkMap(value, 'root', types, '');
}

function checkMap(value: unknown, name: string, types: Fields, path: string): string[] {
  const type = types[name];
  if (type === undefined) throw new Error(`options.json: no type ${name}`);
  if (!isMap(value)) return [`${path}: is not a map`];
  return Object.entries(value).flatMap(([key, item]) => checkKey(key, item, type, types, `${path}/${key}`));
}

function checkKey(key: string, item: unknown, type: Type, types: Fields, path: string): string[] {
  if (type.values.includes(key)) return [];
  const kind = type.nested?.[key] ?? type.nested?.['*'];
  if (kind === undefined) return [`${path}: no such key`];
  if (kind === 'map') return isMap(item) ? [] : [`${path}: is not a map`];
  if (!kind.endsWith('[]')) return checkMap(item, kind, types, path);
  if (!Array.isArray(item)) return [`${path}: is not a list`];
  return item.flatMap((entry, index) => checkMap(entry, kind.slice(0, -2), types, `${path}/${index}`));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
