import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parameters } from '../parameters/parameters.js';
import { isOwnNetwork } from '../parameters/values/networks.js';
import { parsePort } from '../parameters/values/ports.js';
import { versionOf } from '../report/version-of.js';
import type { Scripts } from '../scripts/render.js';
import { type Places, relocate } from './relocate.js';
import { PASSWORD } from './scenario.js';
import type { Shell } from './shells.js';
import { type Run, SimulatedHost, type Subject } from './simulated-host.js';
import { readAssignments } from './simulated-state.js';

/**
 * A hook belongs to the real host: whatever it would do there, here it is written down and does nothing. Everything else that
 * is started by the name `sh` is passed on.
 */
const SHELL_STAND_IN = `#!/bin/sh
[ -z "\${GEN_SCRIPTS_ACTION-}" ] || [ "\${1-}" != -c ] || { printf '%s\\n' "$GEN_SCRIPTS_ACTION" >>"$SIM_STATE/hooks"; exit; }
exec /bin/sh "$@"
`;

/** A simulated host of one app of the user's. */
export class RehearsalHost extends SimulatedHost {
  readonly #places: Places;

  constructor(
    readonly parameters: Parameters,
    shell: Shell,
  ) {
    super(subjectOf(parameters), shell);
    const bin = join(this.folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'sh'), SHELL_STAND_IN);
    chmodSync(join(bin, 'sh'), 0o755);
    this.#places = {
      HISTORY: this.history,
      ENV_FILE: join(this.folder, 'env'),
      PASSWORD_FILE: join(this.folder, 'password'),
    };
    writeFileSync(this.#places.ENV_FILE, '');
    this.#prepareRegistry();
    const { network, networks } = parameters.container;
    for (const name of [network, ...networks].filter(isOwnNetwork)) this.sim('network', name);
  }

  /** Puts a build's scripts where Publish over SSH would. */
  ship(scripts: Scripts): void {
    for (const [name, text] of scripts)
      writeFileSync(join(this.inbox, name), relocate(text, this.#places).text);
    if (this.parameters.registry.login === 'shipped')
      writeFileSync(join(this.inbox, 'registry.credentials'), `ci\n${PASSWORD}\n`, { mode: 0o600 });
  }

  /** Whether the registry has a version of the app. */
  has(tag: string): boolean {
    const registry = readAssignments(readFileSync(join(this.folder, 'sim', 'registry'), 'utf8'));
    return (registry.get('reg') ?? '').includes(`\n${this.subject.repository}:${tag}=`);
  }

  runBuild(build: string, fault = ''): Run {
    return this.run({ args: ['--build', build], env: { SIM_FAULT: fault } });
  }

  /** Without a published port nobody can ask: then what runs is what serves. What a neighbour answers does not count. */
  override serves(port = this.subject.port): string | undefined {
    const running = this.running();
    if (running === undefined) return undefined;
    const known = this.known.get(running.id);
    const asked = known?.port ?? port;
    return asked === '' ? (known?.version ?? versionOf(running.reference)) : super.serves(asked);
  }

  protected override path(): string {
    return `${join(this.folder, 'bin')}:${super.path()}`;
  }

  #prepareRegistry(): void {
    const { login, username } = this.parameters.registry;
    if (login === 'none') return;
    writeFileSync(this.#places.PASSWORD_FILE, `${PASSWORD}\n`, { mode: 0o600 });
    this.sim('registry', 'password', login === 'file' ? username : 'ci', PASSWORD);
  }
}

export function subjectOf({ app, image, container }: Parameters): Subject {
  const ports = container.ports.map(parsePort);
  const published = ports.find((port) => !('code' in port) && port.protocol === 'tcp');
  const port = published && !('code' in published) ? String(published.host.first) : '';
  return { app, repository: image, port, restart: container.restart };
}
