const DIGEST_LENGTH = 12;

/** `registry:5000/team/app:v1@sha256:...` -> `v1`; without a tag the start of the digest; else the reference itself. */
export function versionOf(reference: string): string {
  const [name = '', digest = ''] = reference.split('@', 2);
  const tag = /:([^:/]+)$/.exec(name)?.[1];
  return tag ?? (digest.replace(/^sha256:/, '').slice(0, DIGEST_LENGTH) || name);
}
