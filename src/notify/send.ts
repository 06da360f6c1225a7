import { oneLine, shorten } from './inert.js';
import type { Message } from './message.js';
import { redact } from './redact.js';
import type { Answer, Request } from './service.js';
import type { Target } from './targets.js';

/** What sending needs of the world; tests hand in their own. */
export interface Network {
  readonly fetch: typeof fetch;
  now(): Date;
  /** Milliseconds for everything, the second attempt included: a chat must not hold up a build. */
  readonly timeout: number;
  /** Milliseconds before the second attempt. */
  readonly pause: number;
}

export const NETWORK: Network = {
  fetch: (input, init) => fetch(input, init),
  now: () => new Date(),
  timeout: 10_000,
  pause: 1000,
};

/** @returns why it was not sent, without anything secret; undefined if it was. Never throws. */
export async function send(target: Target, message: Message, network: Network): Promise<string | undefined> {
  const { service, address, secret } = target;
  const request = service.request(message, address, secret, network.now());
  const refusal = await attemptTwice(target, request, network);
  if (refusal === undefined) return undefined;
  return shorten(
    oneLine(redact(refusal, request.url, [address.href, secret, signOf(request)])),
    LONGEST_REASON,
  );
}

const LONGEST_REASON = 300;

/** Feishu's signature is in the body, DingTalk's in the address. */
function signOf({ body }: Request): string {
  const { sign } = body as { sign?: unknown };
  return typeof sign === 'string' ? sign : '';
}

interface Attempt {
  readonly refusal: string | undefined;
  readonly again: boolean;
}

/**
 * Once more after a broken connection, HTTP 429 or 5xx. The first attempt may have arrived all the same, and no service has
 * a key that would tell; then the message stands there twice, which harms less than not at all.
 */
async function attemptTwice(target: Target, request: Request, network: Network): Promise<string | undefined> {
  const signal = AbortSignal.timeout(network.timeout);
  const first = await attempt(target, request, network, signal);
  if (!first.again) return first.refusal;
  await new Promise((resolve) => setTimeout(resolve, network.pause));
  return signal.aborted ? first.refusal : (await attempt(target, request, network, signal)).refusal;
}

async function attempt(
  { service }: Target,
  request: Request,
  network: Network,
  signal: AbortSignal,
): Promise<Attempt> {
  try {
    const answer = await post(request, network, signal);
    const again = answer.status === 429 || answer.status >= 500;
    return { refusal: service.refusal(answer), again };
  } catch (error) {
    if (signal.aborted) return { refusal: `no answer within ${network.timeout / 1000} s`, again: false };
    return { refusal: reasonOf(error), again: true };
  }
}

async function post({ url, body }: Request, network: Network, signal: AbortSignal): Promise<Answer> {
  const response = await network.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    redirect: 'manual',
    signal,
  });
  return { status: response.status, body: await readStart(response) };
}

const LONGEST_ANSWER = 64 * 1024;

/** An answer of a service is short; whatever else answers there must not fill the memory. */
async function readStart({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LONGEST_ANSWER) break;
  }
  return Buffer.concat(chunks).subarray(0, LONGEST_ANSWER).toString('utf8');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of the host is not known',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: 'no connection',
  ENETUNREACH: 'no network',
  EHOSTUNREACH: 'the host cannot be reached',
};

/** Only the code of the error: its text may hold the address. */
function reasonOf(error: unknown): string {
  const code = codeOf((error as { cause?: unknown } | null | undefined)?.cause) ?? codeOf(error);
  if (code === undefined) return 'the request could not be made';
  return REASONS[code] ?? code;
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : undefined;
}
