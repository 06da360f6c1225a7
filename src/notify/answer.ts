import type { Answer } from './service.js';

/**
 * For services that answer HTTP 200 whatever happened and tell the truth in a number of their JSON.
 * @param names of the number and of the text beside it; the first pair that is there counts
 */
export function refusalOfJson(
  { status, body }: Answer,
  names: readonly (readonly [code: string, text: string])[],
): string | undefined {
  const json = parse(body);
  const [code, text] = names.find(([name]) => typeof json[name] === 'number') ?? [];
  const isOk = isSuccess(status);
  if (code === undefined || text === undefined)
    return isOk ? 'the answer is not one of this service' : httpRefusal(status);
  if (json[code] !== 0) return `${code} ${json[code]}: ${String(json[text] ?? '')}`;
  return isOk ? undefined : httpRefusal(status);
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** A redirect is not followed: it would carry the message, and a signature, to an address that nobody entered. */
export function httpRefusal(status: number): string {
  return status >= 300 && status < 400 ? `HTTP ${status}, redirects are not followed` : `HTTP ${status}`;
}

function parse(body: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
