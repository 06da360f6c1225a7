const DIGEST_LENGTH = 12;

/** `registry:5000/team/app:v1@sha256:...` -> `v1`; without a tag the start of the digest; else the reference itself. */
export function versionOf(reference: string): string {
  const { repository, tag, digest } = split(reference);
  return tag || digest.replace(/^sha256:/, '').slice(0, DIGEST_LENGTH) || repository;
}

/** Without tag and digest. */
export function repositoryOf(reference: string): string {
  return split(reference).repository;
}

/**
 * Whether two references may name one image: each part that both have (repository, tag, digest) is the same. A container of
 * the old recipe knows its tag only, a line of its history the digest only.
 */
export function isSameVersion(one: string, other: string): boolean {
  const [a, b] = [split(one), split(other)];
  return a.repository === b.repository && agree(a.tag, b.tag) && agree(a.digest, b.digest);
}

function agree(one: string, other: string): boolean {
  return one === '' || other === '' || one === other;
}

/** Parts that are not there are empty. */
function split(reference: string) {
  const [name = '', digest = ''] = reference.split('@', 2);
  const tag = /:([^:/]+)$/.exec(name)?.[1] ?? '';
  return { repository: tag === '' ? name : name.slice(0, -tag.length - 1), tag, digest };
}
