const SHORTEST_SECRET = 4;
/** `webhook` and `cgi-bin` may be said; a token has digits or capitals and is long. */
const LOOKS_LIKE_TOKEN = /^(?=.*[0-9A-Z]).{8,}$/;

/**
 * What a service says about a request, without what is secret in the request: some quote the address or the signature.
 * @param secrets further ones, not in the address
 */
export function redact(text: string, url: URL, secrets: readonly string[]): string {
  const tokens = url.pathname.split('/').filter((word) => LOOKS_LIKE_TOKEN.test(word));
  const hidden = [url.href, url.search.slice(1), ...tokens, ...url.searchParams.values(), ...secrets];
  return hidden
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((one, other) => other.length - one.length)
    .reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}
