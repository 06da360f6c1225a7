import type { Parameters } from '../../parameters/parameters.js';
import { repositoryOf } from '../../report/version-of.js';
import { isParked } from '../invariants.js';
import type { RealContainer, RealHost } from './read-host.js';

/** What the scripts take for the running version of an app, by docs/host-contract.md. */
export type Current =
  | { readonly kind: 'ours' | 'adopted'; readonly container: RealContainer }
  | { readonly kind: 'none' }
  /** They leave with 10 and touch nothing. */
  | { readonly kind: 'refused' };

type App = Pick<Parameters, 'app' | 'image' | 'build'>;

export function findCurrent({ containers }: RealHost, subject: App): Current {
  const named = containers.find(({ name }) => name === subject.app);
  const plain = containers.filter((one) => one.state === 'running' && isAdoptable(one, subject));
  const container = named ?? plain[0];
  if (container === undefined) return { kind: 'none' };
  if (named === undefined && plain.length > 1) return { kind: 'refused' };
  if (container.isRemovedAtEnd) return { kind: 'refused' };
  if (isOurs(container, subject)) return { kind: 'ours', container };
  return isAdoptable(container, subject) ? { kind: 'adopted', container } : { kind: 'refused' };
}

export function isOurs({ labels }: RealContainer, { app }: Pick<App, 'app'>): boolean {
  return labels.get('gen-scripts.app') === app;
}

/** Parked ones of ours, newest first. */
export function parkedOf({ containers }: RealHost, subject: App): RealContainer[] {
  return containers.filter((one) => isOurs(one, subject) && isParked(one.name, subject.app));
}

function isAdoptable({ labels, reference }: RealContainer, { image, build }: App): boolean {
  const isManaged = ['gen-scripts.app', 'com.docker.compose.project', 'com.docker.swarm.service.id'].some(
    (key) => labels.has(key),
  );
  return !isManaged && [image, build.image].includes(repositoryOf(reference));
}
