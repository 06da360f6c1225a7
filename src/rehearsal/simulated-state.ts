import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulatedHost } from './simulated-host.js';

/** A container of the simulated docker, from its state file (simulator/lib/state.sh). */
export interface Container {
  readonly id: string;
  readonly name: string;
  /** docker's words: created, running, exited, restarting. */
  readonly state: string;
  /** As docker takes it: `unless-stopped`, `on-failure:3`. */
  readonly policy: string;
  readonly reference: string;
  readonly labels: string;
  /** Names of the networks that it is attached to, or will be when it is started; sorted. */
  readonly networks: readonly string[];
}

/** A network of the simulated docker; bridge, host and none are networks like others. */
export interface Network {
  readonly name: string;
  readonly isInternal: boolean;
  /** Lines of KEY=VALUE. */
  readonly labels: string;
  /** Names of the containers that run in it or would be started in it; sorted. */
  readonly containers: readonly string[];
}

/** Read here, not asked of the simulated docker: asking would count as a call, and takes a process. */
export function readContainers(state: string): Container[] {
  const values = readAssignments(state);
  const numbers = (values.get('live') ?? '').split(' ').filter(Boolean);
  return numbers.map((number) => {
    const value = (name: string) => values.get(`k${number}_${name}`) ?? '';
    return {
      id: value('id'),
      name: value('name'),
      state: value('st'),
      policy: policyOf(value('pol'), value('max')),
      reference: value('ref'),
      labels: value('labels'),
      networks: namesOf(value('nw')),
    };
  });
}

export function readNetworks(state: string): Network[] {
  const values = readAssignments(state);
  const containers = readContainers(state);
  return linesOf(values.get('nets')).map((line) => {
    const [, name = '', number = ''] = /^(.*)=(\d+)$/.exec(line) ?? [];
    const members = containers.filter(({ networks }) => networks.includes(name));
    return {
      name,
      isInternal: values.get(`w${number}_int`) !== '',
      labels: linesOf(values.get(`w${number}_lab`)).join('\n'),
      containers: members.map((member) => member.name).sort(),
    };
  });
}

/** Of lines NAME=..., as lib/attachments.sh has them: what stands behind the last = has none. */
function namesOf(list: string): string[] {
  return linesOf(list).map((line) => line.slice(0, line.lastIndexOf('=')));
}

function linesOf(list = ''): string[] {
  return list.split('\n').filter(Boolean);
}

/** A service of the simulated swarm. */
export interface Service {
  readonly name: string;
  readonly image: string;
  readonly replicas: number;
  /** docker's word for how its last update stands; empty for none. */
  readonly update: string;
  /** All that was ever set of it, as one text. */
  readonly settings: string;
  readonly tasks: readonly Task[];
}

export interface Task {
  readonly image: string;
  /** docker's words: Running, Ready, Shutdown; Pending, Preparing, Running, Failed ... */
  readonly desired: string;
  readonly state: string;
}

export function readServices(state: string): Service[] {
  const values = readAssignments(state);
  const numbers = (name: string) => (values.get(name) ?? '').split(' ').filter(Boolean);
  const tasks = numbers('tks').map((number) => {
    const value = (name: string) => values.get(`t${number}_${name}`) ?? '';
    return { service: value('v'), image: value('ref'), desired: value('want'), state: value('st') };
  });
  return numbers('svs').map((number) => {
    const value = (name: string) => values.get(`v${number}_${name}`) ?? '';
    const [spec, manner] = [value('spec'), value('conf')];
    return {
      name: value('name'),
      image: settingOf(spec, 'image') ?? '',
      replicas: Number(settingOf(manner, 'replicas') ?? 1),
      update: value('us'),
      settings: spec + manner,
      tasks: tasks.filter(({ service }) => service === number).map(({ service: _, ...task }) => task),
    };
  });
}

/** Of lines KEY=VALUE. */
function settingOf(lines: string, key: string): string | undefined {
  const line = linesOf(lines).find((one) => one.startsWith(`${key}=`));
  return line?.slice(key.length + 1);
}

export function servicesOf(host: SimulatedHost): Service[] {
  return readServices(readState(host));
}

/** One that a swarm made: it comes and goes as its service is told. */
export function isTask({ labels }: Pick<Container, 'labels'>): boolean {
  return labels.includes('com.docker.swarm.service.name=');
}

/** Only on-failure has a count, and 0 is none. */
function policyOf(name: string, most: string): string {
  return name === 'on-failure' && most !== '0' ? `${name}:${most}` : name;
}

export function containersOf(host: SimulatedHost): Container[] {
  return readContainers(readState(host));
}

export function networksOf(host: SimulatedHost): Network[] {
  return readNetworks(readState(host));
}

function readState(host: SimulatedHost): string {
  return readFileSync(join(host.folder, 'sim', 'state'), 'utf8');
}

/** A log of shell assignments, quoted where they need it; the last one of a name counts. */
export function readAssignments(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/([A-Za-z_]\w*)=((?:'[^']*'|\\.|[^\s'\\])*)/g))
    values.set(
      name,
      value.replace(/'([^']*)'|\\(.)/gs, (_, quoted, escaped) => quoted ?? escaped),
    );
  return values;
}
