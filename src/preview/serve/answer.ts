/** What is sent back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Nothing but this page's own files; nobody may frame it, and no form of it leads elsewhere. */
const POLICY = [
  "default-src 'none'",
  ...['script-src', 'style-src', 'img-src', 'connect-src', 'form-action'].map((name) => `${name} 'self'`),
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SAFE = {
  'Content-Security-Policy': POLICY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export function answer(status: number, type: string, body: string, more: Answer['headers'] = {}): Answer {
  return { status, headers: { ...SAFE, 'Content-Type': `${type}; charset=utf-8`, ...more }, body };
}

export function page(body: string, more: Answer['headers'] = {}): Answer {
  return answer(200, 'text/html', body, more);
}

export function refuse(status: number, more: Answer['headers'] = {}): Answer {
  return answer(status, 'text/plain', `${status}\n`, more);
}
