import { repositoryOf } from '../../report/version-of.js';
import { findTarget, type HostHistory, isNamed } from '../host-history.js';
import { type State, state } from '../scenario.js';
import { toVersions } from '../versions.js';
import { parkedOf } from './current.js';
import { isRunning, type KnownHost, publishedPorts } from './known-host.js';
import type { RealContainer } from './read-host.js';

/** What a build leads to on a real host, if nothing goes wrong. */
export interface HostStory {
  readonly before: State;
  readonly wanted: State;
  readonly code: number;
  readonly parked: readonly [before: number, after: number];
  /** What a rollback by the next build leads to. */
  readonly undone: State;
  /** A line of the history whose image is not on the host. */
  readonly pulled: string | undefined;
}

/** Without a history, what is parked tells what was before, oldest first. */
export function guessHistory(host: KnownHost): HostHistory {
  const references = parkedOf(host.real, host.parameters).map(referenceOf);
  return { lines: [...new Set(references)].reverse() };
}

export function tellStory(host: KnownHost, history: HostHistory, settings: string): HostStory {
  const teller = new Teller(host, history);
  if (host.current.kind === 'refused') return teller.nothing(10);
  return host.parameters.mode === 'rollback' ? teller.rollback() : teller.deploy(settings);
}

class Teller {
  readonly #parked: readonly RealContainer[];
  readonly #old: RealContainer | undefined;
  readonly #before: State;

  constructor(
    readonly host: KnownHost,
    readonly history: HostHistory,
  ) {
    const { current } = host;
    this.#parked = parkedOf(host.real, host.parameters);
    this.#old = 'container' in current ? current.container : undefined;
    const serves = this.#old && isRunning(this.#old) ? host.imageOf(this.#old)?.version : undefined;
    this.#before = state(serves, ...this.#versions(history.lines));
  }

  /** It ends with this code and leaves everything as it was. */
  nothing(code: number): HostStory {
    const count = this.#parked.length;
    const [before, parked] = [this.#before, [count, count] as const];
    return { before, wanted: before, code, parked, undone: before, pulled: undefined };
  }

  deploy(settings: string): HostStory {
    const { image, tag, container, history, retain } = this.host.parameters;
    const old = this.#old;
    const isSame = old !== undefined && this.#isUnchanged(old, `${image}:${tag}`, settings);
    if (isSame && this.#before.serves !== undefined) return this.nothing(0);
    if (this.host.lacks(container.network, ...container.networks)) return this.#refused();
    if (this.host.hasTaken(publishedPorts(this.host.parameters))) return this.#undone();
    const isAdded = old !== undefined && !isSame;
    const lines = [...this.history.lines, ...(isAdded ? [this.#lineOf(old)] : [])].slice(-history.keep);
    const versions = this.#versions(lines);
    const served = this.host.versionAt(`${image}:${tag}`) ?? tag;
    return {
      ...this.nothing(0),
      wanted: state(served, ...versions),
      parked: [this.#parked.length, this.#kept(isAdded ? [old] : [], lines, retain)],
      undone: state(this.#before.serves, ...versions.slice(0, -1)),
    };
  }

  rollback(): HostStory {
    const { image, rollback, retain, container } = this.host.parameters;
    const wish = { ...rollback, steps: rollback.steps || 1 };
    if (this.#before.serves !== undefined && this.#isWanted(wish.to)) return this.nothing(0);
    const target = findTarget(this.history, wish, image);
    if (target.kind !== 'image') return this.nothing(target.kind === 'none' ? 13 : 10);
    const { reference, line } = target;
    const parked = this.#findParked(reference, line);
    const ports = parked?.ports ?? publishedPorts(this.host.parameters);
    if (
      parked === undefined
        ? this.host.lacks(container.network, ...container.networks)
        : this.host.lacks(...parked.networks)
    )
      return parked === undefined ? this.#refused() : this.#undone();
    if (this.host.hasTaken(ports)) return this.#undone();
    const known = parked ? this.host.imageOf(parked)?.version : this.host.versionAt(reference);
    const lines = this.history.lines.slice(0, line - 1);
    return {
      ...this.nothing(0),
      wanted: state(known ?? this.#versions([reference])[0], ...this.#versions(lines)),
      parked: [this.#parked.length, this.#kept([], lines, retain, parked)],
      pulled: known === undefined ? reference : undefined,
    };
  }

  /** The new one cannot start: what was there comes back, also if it did not run. */
  #undone(): HostStory {
    const old = this.#old;
    if (old === undefined) return this.nothing(12);
    return {
      ...this.nothing(11),
      wanted: state(this.host.imageOf(old)?.version, ...this.#before.history),
    };
  }

  /** It is looked for before the old one is stopped. */
  #refused(): HostStory {
    return this.#before.serves !== undefined ? this.nothing(10) : this.#undone();
  }

  #isWanted(to: string): boolean {
    return to !== '' && this.#old !== undefined && isNamed(this.#lineOf(this.#old), to);
  }

  #isUnchanged(old: RealContainer, wanted: string, settings: string): boolean {
    const image = this.host.images.find(({ tags }) => tags.includes(wanted));
    return image?.id === old.imageId && old.labels.get('gen-scripts.settings') === settings;
  }

  /** Of equal lines the newest has the newest container. */
  #findParked(reference: string, line: number): RealContainer | undefined {
    const later = this.history.lines.slice(line).filter((other) => other.trimEnd() === reference).length;
    return this.#parked.filter((one) => referenceOf(one) === reference)[later];
  }

  /** How many stay parked: the newest that the history still leads to. */
  #kept(
    added: readonly RealContainer[],
    lines: readonly string[],
    retain: number,
    taken?: RealContainer,
  ): number {
    const wanted = new Set(lines.map((line) => line.trimEnd()));
    const parked = [...this.#parked, ...added].filter((one) => one !== taken);
    return Math.min(retain, parked.filter((one) => wanted.has(this.#lineOf(one))).length);
  }

  /** A container as the history names it. */
  #lineOf(one: RealContainer): string {
    const reference = referenceOf(one);
    if (one.labels.has('gen-scripts.image') || reference.includes('@')) return reference;
    const repository = repositoryOf(reference);
    const tagged = reference === repository ? `${reference}:latest` : reference;
    const digest = this.host.imageOf(one)?.digests.find((text) => repositoryOf(text) === repository);
    return digest === undefined ? tagged : `${tagged}@${digest.split('@')[1]}`;
  }

  #versions(lines: readonly string[]): string[] {
    return toVersions(lines.filter(Boolean), this.host.repository);
  }
}

function referenceOf({ labels, reference }: RealContainer): string {
  return labels.get('gen-scripts.image') ?? reference;
}
