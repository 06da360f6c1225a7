import type { Parameters } from '../../parameters/parameters.js';
import { isOwnNetwork } from '../../parameters/values/networks.js';
import { parsePort } from '../../parameters/values/ports.js';
import { repositoryOf, versionOf } from '../../report/version-of.js';
import type { KnownContainer } from '../simulated-host.js';
import { type Current, findCurrent, isOurs } from './current.js';
import type { RealContainer, RealHost, RealImage, RealNetwork, RealPort } from './read-host.js';

/** An image as the simulator keeps it. */
export interface KnownImage {
  /** The first 12 digits of its id. */
  readonly key: string;
  readonly id: string;
  readonly digest: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  /** What its HTTP answers. */
  readonly version: string;
  readonly behaviour: string;
  readonly isOurs: boolean;
}

/** A real host from the point of view of one app. */
export class KnownHost {
  readonly repository: string;
  readonly engine: string;
  readonly networks: readonly RealNetwork[] | undefined;
  readonly current: Current;
  /** Those that are played, newest first. */
  readonly containers: readonly RealContainer[];
  readonly images: readonly KnownImage[];
  /** Containers of others that nothing of this app can meet. */
  readonly leftOut: number;

  constructor(
    readonly real: RealHost,
    readonly parameters: Parameters,
  ) {
    this.repository = parameters.image;
    this.engine = real.engine;
    this.networks = real.networks;
    this.current = findCurrent(real, parameters);
    this.containers = this.#chooseContainers();
    this.leftOut = real.containers.length - this.containers.length;
    this.images = this.#chooseImages();
  }

  /** Containers that no run may change. */
  get neighbours(): RealContainer[] {
    const own = 'container' in this.current ? this.current.container.id : '';
    return this.containers.filter((one) => one.id !== own && !isOurs(one, this.parameters));
  }

  /** Whether a container with these ports cannot start, because of what else runs on the host. */
  hasTaken(ports: readonly RealPort[]): boolean {
    const taken = this.neighbours.filter(isRunning).flatMap((one) => one.ports);
    return ports.some((port) => taken.some((other) => isSamePort(port, other)));
  }

  /** Whether a container cannot start because one of its networks is not there. */
  lacks(...networks: readonly string[]): boolean {
    const own = networks.filter((name) => !['', 'default'].includes(name) && isOwnNetwork(name));
    const { networks: known } = this;
    return known !== undefined && own.some((wanted) => !known.some(({ name }) => name === wanted));
  }

  keyOf({ imageId }: RealContainer): string {
    return keyOf(imageId);
  }

  /** What answers when a container of this reference serves; undefined if the image is not here. */
  versionAt(reference: string): string | undefined {
    const [bare = '', digest] = reference.split('@');
    const pinned = `${repositoryOf(bare)}@${digest}`;
    const tag = /:[^/:]+$/.test(bare) ? bare : `${bare}:latest`;
    return this.images.find(({ tags, digests }) => (digest ? digests.includes(pinned) : tags.includes(tag)))
      ?.version;
  }

  /** What a container that was there before is held to. */
  expect(one: RealContainer): KnownContainer {
    const count = one.policy === 'on-failure' && one.retries > 0 ? `:${one.retries}` : '';
    const policy = `${one.policy}${count}`;
    const port = one.ports.find(({ protocol }) => protocol === 'tcp')?.number;
    return {
      policy,
      serving: one.labels.get('gen-scripts.restart') ?? policy,
      port: port === undefined ? '' : String(port),
      version: this.imageOf(one)?.version ?? '',
    };
  }

  imageOf({ imageId }: RealContainer): KnownImage | undefined {
    return this.images.find(({ id }) => id === imageId);
  }

  /** All that the app can meet, and a few of the others: a simulated host with thousands would take minutes. */
  #chooseContainers(): RealContainer[] {
    const near = new Set(this.real.containers.filter((one) => this.#isNear(one)).slice(0, MOST));
    const far = this.real.containers.filter((one) => !near.has(one)).slice(0, MOST_OTHERS);
    const chosen = new Set([...near, ...far]);
    return this.real.containers.filter((one) => chosen.has(one));
  }

  #isNear(one: RealContainer): boolean {
    const { app, image, build } = this.parameters;
    const ports = new Set(publishedPorts(this.parameters).map(({ number }) => number));
    return (
      isOurs(one, this.parameters) ||
      one.name === app ||
      one.name.startsWith(`${app}-`) ||
      [image, build.image].includes(repositoryOf(one.reference)) ||
      (isRunning(one) && one.ports.some(({ number }) => ports.has(number)))
    );
  }

  #chooseImages(): KnownImage[] {
    const used = new Set(this.containers.map(({ imageId }) => imageId));
    const there = this.real.images.filter(
      ({ id, tags, digests }) => used.has(id) || this.#isOfApp(tags, digests),
    );
    const gone = [...used].filter((id) => !there.some((image) => image.id === id));
    return [...there, ...gone.map((id) => ({ id, tags: [], digests: [] }))].map((image) =>
      this.#toKnown(image),
    );
  }

  #isOfApp(...references: readonly (readonly string[])[]): boolean {
    return references.flat().some((reference) => repositoryOf(reference) === this.repository);
  }

  #toKnown({ id, tags, digests }: RealImage): KnownImage {
    const users = this.containers.filter(({ imageId }) => imageId === id);
    const own = [...digests].sort((a) => (repositoryOf(a) === this.repository ? -1 : 1));
    // Without one, it was built here and never pushed.
    const digest = own[0]?.split('@')[1] ?? `sha256:${id}`;
    const label = users.map(({ labels }) => labels.get('gen-scripts.image')).find(Boolean);
    const tag = tags.find((one) => repositoryOf(one) === this.repository) ?? tags[0];
    const version = versionOf(label ?? tag ?? users[0]?.reference ?? digest).replace(/[^\w.-]/g, '_');
    const ran = users.filter(({ state }) => state !== 'created');
    const hasCheck = ran.length === 0 || ran.some(({ health }) => health !== undefined);
    return {
      key: keyOf(id),
      ...{ id, tags, digests, digest, version },
      behaviour: `${hasCheck ? ' healthcheck' : ''} stop=5000`,
      isOurs: this.#isOfApp(tags, digests),
    };
  }
}

function isSamePort(a: RealPort, b: RealPort): boolean {
  const isSameAddress = a.ip === b.ip || [a.ip, b.ip].includes('0.0.0.0');
  return isSameAddress && a.number === b.number && a.protocol === b.protocol;
}

const MOST = 200;
const MOST_OTHERS = 20;

/** The first of the ports of the host in each of `container.ports`; a simulated host knows no ranges. */
export function publishedPorts({ container: { ports, network } }: Pick<Parameters, 'container'>): RealPort[] {
  if (['host', 'none'].includes(network)) return [];
  return ports.map(parsePort).flatMap((port) => {
    if ('code' in port) return [];
    const [number, inside] = [port.host.first, port.container.first];
    return [{ ip: port.ip || '0.0.0.0', number, inside, protocol: port.protocol }];
  });
}

export function isRunning({ state }: RealContainer): boolean {
  return state === 'running' || state === 'paused';
}

function keyOf(imageId: string): string {
  return imageId.slice(0, 12);
}
