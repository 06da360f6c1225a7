import { destination, type Host } from '../parameters/hosts.js';
import { type Problem, UserError } from '../problems/problem.js';
import { isFor, type ShippedManifest } from '../report/manifests.js';

/** The hosts of a rollout in their order, and what each gets. */
export interface Fleet {
  readonly hosts: readonly Host[];
  readonly manifests: readonly ShippedManifest[];
}

/**
 * @param wanted names of hosts, as `hosts:` has them; none: all. Where the settings name none, what ssh is to connect to
 * @throws UserError for a host that nothing was rendered for, or that ssh cannot connect to
 */
export function assembleFleet(manifests: readonly ShippedManifest[], wanted: readonly string[]): Fleet {
  const known = knownHosts(manifests);
  if (known.size === 0 && wanted.length === 0) throw new UserError([{ code: 'GS264', source: 'ship' }]);
  const hosts =
    known.size === 0 ? [...new Set(wanted)].map((name) => ({ name, ssh: name })) : choose(known, wanted);
  refuse(hosts.flatMap(checkDestination));
  return { manifests, hosts };
}

type KnownHosts = ReadonlyMap<string, Host>;

/** Of all apps, in order. */
function knownHosts(manifests: readonly ShippedManifest[]): KnownHosts {
  const all = manifests.flatMap(({ hosts }) => hosts);
  const known = new Map(all.map((host) => [host.name, host]));
  const others = all.filter(({ name, ssh }) => known.get(name)?.ssh !== ssh);
  refuse(
    others.map(({ name, ssh }) => ({
      code: 'GS268',
      source: `host ${name}`,
      value: ssh,
      detail: `another app has ${known.get(name)?.ssh}`,
    })),
  );
  return known;
}

function choose(known: KnownHosts, wanted: readonly string[]): Host[] {
  const expected = [...known.keys()].join(', ');
  const strangers = wanted.filter((name) => !known.has(name));
  refuse(strangers.map((value) => ({ code: 'GS263', source: 'ship', value, expected })));
  return [...known.values()].filter(({ name }) => wanted.length === 0 || wanted.includes(name));
}

/** A name that Jenkins takes may be none for ssh, and a word of the command line must not be an option of it. */
function checkDestination({ ssh }: Host): Problem[] {
  const fault = destination(ssh);
  return fault === undefined ? [] : [{ ...fault, source: 'ship', value: ssh }];
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new UserError(problems);
}

/** What one host gets, in order. */
export function appsOf({ manifests }: Fleet, { name }: Host): ShippedManifest[] {
  return manifests.filter((manifest) => isFor(manifest, { server: name, app: manifest.app }));
}
