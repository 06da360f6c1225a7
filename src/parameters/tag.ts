import { createHash } from 'node:crypto';
import { isDockerTag } from './values/reference.js';

const LONGEST_TAG = 128;

/**
 * The docker tag of a git tag (or commit) in a build. A legal docker tag stays as it is. In any other, each run of
 * illegal characters becomes "-" and "-sha256-" with 8 digits of the original's hash is put behind it, so that two git
 * tags never become one docker tag. For the same reason a legal tag is mapped too if it already ends like a mapped
 * one or like a manual build's.
 * @param suffix legal characters that come behind, for example `_manual_7`; the result with it is 128 characters at most
 */
export function mapTag(gitTag: string, suffix = ''): string {
  const room = LONGEST_TAG - suffix.length;
  if (isDockerTag(gitTag) && gitTag.length <= room && !RESERVED.test(gitTag)) return `${gitTag}${suffix}`;
  const mark = `-sha256-${createHash('sha256').update(gitTag).digest('hex').slice(0, 8)}`;
  const legal = gitTag.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[.-]+/, '');
  return `${legal.slice(0, room - mark.length) || 'tag'}${mark}${suffix}`;
}

const RESERVED = /(-sha256-[0-9a-f]{8}|_manual_[0-9]+)$/;

export function manualSuffix(buildNumber: string): string {
  return `_manual_${buildNumber}`;
}
