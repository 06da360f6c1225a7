import { anchored } from './names.js';
import type { Fault, Rule } from './rule.js';

/* The grammar of github.com/distribution/reference. */
const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const PATH_PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const DIGEST = 'sha256:[a-f0-9]{64}';

export const REPOSITORY = `(?:${DOMAIN}/)?${PATH_PART}(?:/${PATH_PART})*`;

const LONGEST_NAME = 255;

const EXPECTED = '[registry[:port]/]path in lower case, such as registry.example.com/team/citest';

/** Docker's grammar of a repository: a reference without a tag or a digest. */
export const repository: Rule = (text) => {
  const fault: Fault = { code: 'GS032', expected: EXPECTED };
  if (/^[a-z]+:\/\//i.test(text)) return { ...fault, hint: 'leave out the https://' };
  if (isTagged(text)) return { code: 'GS033' };
  if (text.length > LONGEST_NAME) return { ...fault, detail: `longer than ${LONGEST_NAME} characters` };
  if (!anchored(REPOSITORY).test(text)) return explain(text, fault);
  if (/^[a-f0-9]{64}$/.test(text))
    return { ...fault, detail: 'docker takes 64 hexadecimal digits for an id' };
  return undefined;
};

function explain(text: string, fault: Fault): Fault {
  const path = splitDomain(text).path;
  return path !== path.toLowerCase()
    ? { ...fault, hint: `write the path in lower case: ${path.toLowerCase()}` }
    : fault;
}

function isTagged(text: string): boolean {
  const last = text.slice(text.lastIndexOf('/') + 1);
  return (
    text.includes('@') || (last.includes(':') && !(/^[^:]*:\d+$/.test(last) && text.includes(`${last}/`)))
  );
}

/** Docker's rule: what stands before the first "/" is a registry if it looks like a host. */
export function splitDomain(name: string): { readonly domain: string; readonly path: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  return isHost ? { domain: first, path: name.slice(slash + 1) } : { domain: '', path: name };
}

/** As docker itself prints it, so that scripts can compare: Docker Hub's own names are left out. */
export function familiarRepository(name: string): string {
  const { domain, path } = splitDomain(name);
  if (domain !== '' && domain !== 'docker.io' && domain !== 'index.docker.io') return name;
  const official = path.startsWith('library/') ? path.slice('library/'.length) : path;
  return official.includes('/') && official !== path ? path : official;
}

export function isDockerTag(text: string): boolean {
  return anchored(TAG).test(text);
}

/** What a rollback may be asked for: a tag, a digest, or a reference as the history has it. */
export const rollbackTarget: Rule = (text) => {
  const reference = `${REPOSITORY}(?::${TAG})?(?:@${DIGEST})?`;
  const isShort = text.length <= LONGEST_NAME + 1 + 128 + 1 + 71;
  return isShort && [TAG, DIGEST, reference].some((pattern) => anchored(pattern).test(text))
    ? undefined
    : { code: 'GS057', expected: 'a tag, sha256:<digest> or a line of the history' };
};
