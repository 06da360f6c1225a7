import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quoteShell } from '../../scripts/quote.js';
import type { SimulatedHost } from '../simulated-host.js';
import { readAssignments } from '../simulated-state.js';
import { isRunning, type KnownHost, type KnownImage } from './known-host.js';
import type { RealContainer, RealNetwork } from './read-host.js';

/** Makes an empty simulated host one that has what a real one has. The registry has the app's images that are there. */
export function placeHost(host: SimulatedHost, known: KnownHost): void {
  for (const { name } of known.neighbours) host.neighbours.add(name);
  for (const container of known.containers) host.known.set(container.id, known.expect(container));
  const { containers, images } = known;
  const state = new Assignments(join(host.folder, 'sim', 'state'));
  for (const image of images) addImage(state, image);
  state.set('known', images.map(({ key }) => key).join(' '));
  state.set('imgs', images.map(({ key }) => key).join(' '));
  state.set(
    'tags',
    listOf(images, ({ tags }) => tags),
  );
  state.set(
    'digs',
    listOf(images, ({ digests }) => digests),
  );
  // The newest has the highest number, and comes first.
  const count = containers.length;
  for (const [index, container] of containers.entries()) addContainer(state, count - index, container, known);
  state.set('live', containers.map((_, index) => count - index).join(' '));
  state.set('created', String(count));
  addNetworks(state, known);
  if (/^\d/.test(known.engine)) state.set('engine', known.engine);
  state.write();
  const registry = new Assignments(join(host.folder, 'sim', 'registry'));
  const own = images.filter(({ isOurs }) => isOurs);
  for (const image of own) addImage(registry, image);
  registry.set(
    'reg',
    listOf(own, ({ tags }) => tags.filter((tag) => tag.startsWith(`${known.repository}:`))),
  );
  registry.set(
    'regd',
    listOf(own, ({ digests }) => digests),
  );
  registry.write();
}

function addImage(state: Assignments, { key, id, digest, version, behaviour }: KnownImage): void {
  const values = { id, dig: digest, ver: version, beh: behaviour, lab: '\n' };
  for (const [name, value] of Object.entries(values)) state.set(`m${key}_${name}`, value);
}

/** As create.sh makes one, and start or stop left it. */
function addContainer(state: Assignments, number: number, one: RealContainer, known: KnownHost): void {
  const values = {
    id: one.id,
    name: one.name,
    img: known.keyOf(one),
    ref: one.reference,
    st: isRunning(one) ? 'running' : one.state === 'created' ? 'created' : 'exited',
    code: String(one.exitCode),
    rc: '0',
    pol: one.policy,
    max: String(one.retries),
    rm: String(one.isRemovedAtEnd),
    init: String(one.hasInit),
    labels: lines([...one.labels].map(([key, value]) => `${key}=${value}`)),
    ports: one.ports
      .map(({ ip, number: port, protocol, inside }) => ` ${ip}:${port}/${protocol}=${inside}`)
      .join(''),
    net: one.network,
    // As create.sh notes them, in the order of their names.
    nw: lines([...one.networks].sort().map((name) => `${name}=///`)),
    pub: '',
    ...{ hc: '', t0: '0', ev: '', at: '', bo: '100', runs: '1', vols: '' },
    // What docker stopped stays down after a restart of the daemon.
    hand: isRunning(one) ? '' : '1',
  };
  for (const [name, value] of Object.entries(values)) state.set(`k${number}_${name}`, value);
}

/** What docker has from the beginning, as simctl makes it. */
const BUILT_IN = ['bridge', 'host', 'none'];

/** As lib/networks.sh adds one: its number leads to what is known of it. */
function addNetworks(state: Assignments, known: KnownHost): void {
  const others = (known.networks ?? networksOf(known)).filter(({ name }) => !BUILT_IN.includes(name));
  const builtIn = BUILT_IN.map((name) => ({ name, isInternal: false }));
  const all = [...builtIn, ...others].map((one, index) => ({ ...one, number: index + 1 }));
  for (const { name, isInternal, number } of all.slice(BUILT_IN.length)) {
    const id = createHash('sha256').update(name).digest('hex');
    for (const [key, value] of Object.entries({ id, int: isInternal ? '1' : '', sub: '', lab: '\n' }))
      state.set(`w${number}_${key}`, value);
  }
  const sorted = all.sort((a, b) => (a.name < b.name ? -1 : 1));
  state.set('nets', lines(sorted.map(({ name, number }) => `${name}=${number}`)));
  state.set('made', String(all.length));
}

/** Where nobody said which there are, all that anybody uses. */
function networksOf({ containers, parameters: { container } }: KnownHost): RealNetwork[] {
  const made = [container.network, ...container.networks].filter((name) => !name.startsWith('container:'));
  const names = new Set([...made, ...containers.flatMap(({ networks }) => networks)]);
  return [...names].map((name) => ({ name, isInternal: false }));
}

function listOf(images: readonly KnownImage[], of: (image: KnownImage) => readonly string[]): string {
  return lines(images.flatMap((image) => of(image).map((reference) => `${reference}=${image.key}`)));
}

/** The simulator's lists begin and end with a line's end. */
function lines(all: readonly string[]): string {
  return `\n${all.map((line) => `${line}\n`).join('')}`;
}

/** A state file of the simulator: a log, of which the last value of a name counts. */
class Assignments {
  #text = '';

  constructor(private readonly file: string) {}

  set(name: string, value: string): void {
    this.#text += `${name}=${quoteShell(value)}\n`;
  }

  write(): void {
    if (readAssignments(readFileSync(this.file, 'utf8')).size === 0)
      throw new Error(`no state in ${this.file}`);
    appendFileSync(this.file, this.#text);
  }
}
