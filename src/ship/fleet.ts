import type { Host } from '../parameters/hosts.js';
import { UserError } from '../problems/problem.js';
import { isFor, type ShippedManifest } from '../report/manifests.js';

/** The hosts of a rollout in their order, and what each gets. */
export interface Fleet {
  readonly hosts: readonly Host[];
  readonly manifests: readonly ShippedManifest[];
}

/**
 * @param wanted names of hosts, as `hosts:` has them; none: all. Where the settings name none, what ssh is to connect to
 * @throws UserError for a host that nothing was rendered for
 */
export function assembleFleet(manifests: readonly ShippedManifest[], wanted: readonly string[]): Fleet {
  const all = manifests.flatMap(({ hosts }) => hosts);
  const known = new Map(all.map((host) => [host.name, host]));
  const twice = all.filter(({ name, ssh }) => known.get(name)?.ssh !== ssh);
  if (twice.length > 0)
    throw new UserError(
      twice.map(({ name, ssh }) => ({
        ...{
          code: 'GS268',
          source: `host ${name}`,
          value: ssh,
          detail: `another app has ${known.get(name)?.ssh}`,
        },
      })),
    );
  if (known.size === 0 && wanted.length === 0) throw new UserError([{ code: 'GS264', source: 'ship' }]);
  if (known.size === 0)
    return { manifests, hosts: [...new Set(wanted)].map((name) => ({ name, ssh: name })) };
  const strangers = wanted.filter((name) => !known.has(name));
  const expected = [...known.keys()].join(', ');
  if (strangers.length > 0)
    throw new UserError(strangers.map((value) => ({ code: 'GS263', source: 'ship', value, expected })));
  const hosts = [...known.values()].filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  return { manifests, hosts };
}

/** What one host gets, in order. */
export function appsOf({ manifests }: Fleet, { name }: Host): ShippedManifest[] {
  return manifests.filter((manifest) => isFor(manifest, { server: name, app: manifest.app }));
}
