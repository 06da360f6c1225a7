import type { Problem } from '../problems/problem.js';
import type { Service } from './service.js';
import { SERVICES } from './services.js';

/** A service with the address that the environment has for it. Neither address nor secret may ever be shown. */
export interface Target {
  readonly service: Service;
  readonly address: URL;
  readonly secret: string;
}

export interface Targets {
  readonly targets: readonly Target[];
  readonly problems: readonly Problem[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** An address that cannot be used is a problem of its own and does not keep the others from being told. */
export function readTargets(env: Environment): Targets {
  const targets: Target[] = [];
  const problems: Problem[] = [];
  for (const service of SERVICES) {
    // A secret file or a pasted value often ends with a line feed.
    const text = (env[service.addressVariable] ?? '').trim();
    if (text === '') continue;
    const address = parseAddress(text);
    if (typeof address === 'string') problems.push(unusable(service, address));
    else targets.push({ service, address, secret: secretOf(service, env) });
  }
  return { targets, problems };
}

function secretOf({ secretVariable }: Service, env: Environment): string {
  return secretVariable === undefined ? '' : (env[secretVariable] ?? '').trim();
}

/** @returns what is wrong with it, without a word of it */
function parseAddress(text: string): URL | string {
  if (!URL.canParse(text)) return 'it is not a URL';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'it is neither http nor https';
  return url.username || url.password ? 'it has a user name or password' : url;
}

function unusable({ addressVariable }: Service, detail: string): Problem {
  return { code: 'GS019', source: `environment ${addressVariable}`, detail };
}
