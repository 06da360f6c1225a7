import type { Problem } from '../problems/problem.js';
import type { Answers, Language } from './answers.js';
import { comment, groovy } from './jenkinsfile.js';
import type { Texts } from './texts.js';

/** A Jenkinsfile of three lines: the shared library brings the steps and the CLI. */
export function renderLibraryJenkinsfile(
  library: string,
  { sshServer }: Answers,
  texts: Texts,
  language: Language,
): string {
  const lang = language === 'en' ? '' : `, lang: ${groovy(language)}`;
  return `${comment(texts.library)}
@Library(${groovy(library)}) _

repullPipeline(servers: [${groovy(sshServer)}]${lang})
`;
}

/** NAME or NAME@VERSION, as Jenkins' `@Library` takes it. */
export function checkLibrary(library: string): Problem | undefined {
  if (/^[\w.-]+(@[\w./-]+)?$/.test(library)) return undefined;
  const expected =
    "the library's name in Jenkins, if need be with a version: gen-scripts or gen-scripts@v0.1.0";
  return { code: 'GS011', source: '--library', value: library, expected };
}
