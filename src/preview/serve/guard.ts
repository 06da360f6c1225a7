import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The only address that the page is served on: nobody else on the network can reach it. */
export const LOOPBACK = '127.0.0.1';

/** 192 random bits, in letters that an address may have. */
export function makeToken(): string {
  return randomBytes(24).toString('base64url');
}

export interface Asked {
  readonly method: string;
  /** Path and query, as they came. */
  readonly url: string;
  readonly host: string | undefined;
  /** What a browser says of where the request comes from. */
  readonly origin: string | undefined;
  readonly site: string | undefined;
}

/** A request that may be answered: what is asked for below the token, and its query. */
export interface Admitted {
  readonly name: string;
  readonly query: URLSearchParams;
}

/** A status for what may not be answered. It tells nothing: whoever guesses must not learn. */
export type Refused = { readonly status: 400 | 403 | 404 | 405 };

/**
 * Lets in who knows the token, and asks by the address that was printed: a page elsewhere whose name was pointed to this machine
 * comes with its own name, and a form elsewhere with its own origin.
 */
export function admit(asked: Asked, token: string, port: number): Admitted | Refused {
  const hosts = [`${LOOPBACK}:${port}`, `localhost:${port}`];
  if (!hosts.includes(asked.host ?? '')) return { status: 403 };
  const [, given = '', name, query = ''] = /^\/([^/?]*)(?:\/([^/?]*))?(?:\?(.*))?$/s.exec(asked.url) ?? [];
  if (!isSame(given, token) || name === undefined) return { status: 404 };
  if (asked.method === 'POST' && isForeign(asked, hosts)) return { status: 403 };
  return { name, query: new URLSearchParams(query) };
}

/** In the same time, whatever they have in common. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** With `no-referrer` a browser sends no more than `null` as the origin of our own form; then what it says of the site counts. */
function isForeign({ origin, site }: Asked, hosts: readonly string[]): boolean {
  if (site !== undefined) return site !== 'same-origin';
  return origin !== undefined && !hosts.some((host) => origin === `http://${host}`);
}
