import type { Parameters } from './parameters.js';

/** Image reference of what a build deploys; empty for a rollback, whose target is found on the host. */
export function imageOf({ mode, image, tag }: Pick<Parameters, 'mode' | 'image' | 'tag'>): string {
  return mode === 'rollback' ? '' : `${image}:${tag}`;
}
