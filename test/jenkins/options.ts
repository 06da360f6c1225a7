import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The names that exist, and where each was read: see options.json. */
export interface Options {
  readonly sources: Readonly<Record<string, Source>>;
  /** Classes of a config.xml. */
  readonly xml: Fields;
  /** Attributes of Configuration as Code; `root` is the file. */
  readonly casc: Fields;
  /** Keywords of .gitlab-ci.yml; `root` is the file, and `*` stands for names that the user chooses. */
  readonly gitlabCi: Fields;
  /** Contexts of Job DSL and their methods: types of the arguments, `?` for one that may be left out. */
  readonly jobDsl: Readonly<Record<string, Read & { readonly methods: Readonly<Record<string, string[]>> }>>;
  /** Java classes that a script uses. */
  readonly java: Readonly<Record<string, Read & { readonly methods: readonly string[] }>>;
  /** Pipeline steps and their named parameters. */
  readonly steps: Readonly<Record<string, Read & { readonly parameters: readonly string[] }>>;
  /** Words of Jenkins' forms, in English and, where it is translated, in Chinese. */
  readonly labels: Readonly<Record<string, Read & { readonly zh?: string }>>;
}

export interface Source {
  readonly repository: string;
  readonly version: string;
  readonly commit: string;
}

/** Where a name was read: a key of `sources`, and files of that repository. */
export interface Read {
  readonly source: string;
  readonly file: string;
  readonly note?: string;
}

export interface Type extends Read {
  /** Fields that hold a value. */
  readonly values: readonly string[];
  /** Fields that hold more: a type, `TYPE[]`, `list` (elements named after their class), `strings` or `map`. */
  readonly nested?: Readonly<Record<string, string>>;
}

export type Fields = Readonly<Record<string, Type>>;

export const OPTIONS_FILE = join(import.meta.dirname, 'options.json');

export const OPTIONS = JSON.parse(readFileSync(OPTIONS_FILE, 'utf8')) as Options;
