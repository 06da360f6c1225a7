import { isIPv4, isIPv6 } from 'node:net';
import type { Fault, Rule } from './rule.js';

/** A published port. `ip` is empty for every address; both ranges have the same length. */
export interface PublishedPort {
  readonly ip: string;
  readonly host: Range;
  readonly container: Range;
  readonly protocol: string;
}

export interface Range {
  readonly first: number;
  readonly last: number;
}

const RANGE = '[0-9]{1,5}(?:-[0-9]{1,5})?';

export const PORT = `(?:(?:[0-9.]+|\\[[0-9a-fA-F:.]+\\]):)?${RANGE}:${RANGE}(?:/(?:tcp|udp|sctp))?`;

const FAULT: Fault = {
  code: 'GS039',
  expected: '[ip:]hostPort:containerPort[/tcp|udp|sctp], ports from 1 to 65535, ranges as 8000-8003:80-83',
};

/** The syntax of `docker create --publish`, without what makes docker choose the port of the host. */
export const publishedPort: Rule = (text) => {
  const port = parsePort(text);
  return 'code' in port ? port : undefined;
};

export function parsePort(text: string): PublishedPort | Fault {
  const found = /^(?:(\[[^\]]*\]|[^:[\]]*):)?([^:]*):([^:/]+)(?:\/(.*))?$/.exec(text);
  if (!found) return /^[\d-]+(\/\w+)?$/.test(text) ? withoutHost(text) : FAULT;
  const [, address = '', hostText = '', containerText = '', protocol = 'tcp'] = found;
  if (hostText === '') return withoutHost(containerText);
  const host = parseRange(hostText);
  const container = parseRange(containerText);
  if (!host || !container || !['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase())) return FAULT;
  if (!isAddress(address)) return { ...FAULT, detail: `${address || 'an empty address'} is no IP address` };
  if (host.last - host.first !== container.last - container.first) return unequal(container);
  return { ip: address.replace(/[[\]]/g, ''), host, container, protocol: protocol.toLowerCase() };
}

/** Docker would choose again at every start, and nobody would find the container. */
function withoutHost(container: string): Fault {
  const port = container.split('/')[0];
  return {
    ...FAULT,
    detail: 'without a port of the host docker chooses another at every start',
    hint: `write "${port}:${container}"`,
  };
}

/** After a restart the container may come back on another port of the range. */
function unequal(container: Range): Fault {
  const one = container.first === container.last;
  const detail = one
    ? 'docker would choose a port of the range at every start'
    : 'the ranges differ in length';
  return { ...FAULT, detail };
}

function parseRange(text: string): Range | undefined {
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!found) return undefined;
  const first = Number(found[1]);
  const last = Number(found[2] ?? found[1]);
  return first >= 1 && last <= 65535 && first <= last ? { first, last } : undefined;
}

function isAddress(text: string): boolean {
  if (text === '') return true;
  return text.startsWith('[') ? isIPv6(text.slice(1, -1)) : isIPv4(text);
}

/** The container's port behind a TCP port of the host; undefined when it is not published. */
export function publishedAt(port: number, ports: readonly string[]): number | undefined {
  for (const text of ports) {
    const published = parsePort(text);
    if ('code' in published || published.protocol !== 'tcp') continue;
    const { host, container } = published;
    if (port >= host.first && port <= host.last) return container.first + (port - host.first);
  }
  return undefined;
}

/** Whether the second one would fail with "port is already allocated". */
export function portsCollide(a: PublishedPort, b: PublishedPort): boolean {
  const overlap = a.host.first <= b.host.last && b.host.first <= a.host.last;
  return overlap && a.protocol === b.protocol && addressesCollide(a.ip, b.ip);
}

function addressesCollide(a: string, b: string): boolean {
  if (a === '' || b === '' || a === b) return true;
  return isIPv4(a) === isIPv4(b) && [a, b].some((ip) => ip === '0.0.0.0' || ip === '::');
}
