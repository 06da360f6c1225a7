import type { Announcement, Asked } from '../../src/notify/announcement.js';
import type { HostReport, HostState, Report } from '../../src/report/report.js';

const IMAGE = 'registry.example.com:5000/team/citest';
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

export const BUILD = {
  number: '7',
  url: 'https://jenkins.example.com/job/citest-deploy/7/',
  job: 'citest-deploy',
  who: 'li',
};

export function host(server: string, state: HostState, more: Partial<HostReport> = {}): HostReport {
  const [from, to] = [`${IMAGE}:v1.3.0@${DIGEST}`, `${IMAGE}:v1.4.0`];
  const now = { reference: state === 'done' || state === 'unchanged' ? to : from, state: 'running' };
  return {
    server,
    app: 'citest',
    state,
    reason: '',
    exit: 0,
    from,
    to,
    now,
    canGoBack: false,
    history: [from],
    seconds: 12,
    ...more,
  };
}

/** Of a skipped or silent host nothing is known. */
export function silent(server: string, state: 'skipped' | 'unknown'): HostReport {
  const nothing = {
    exit: null,
    from: '',
    to: '',
    now: { reference: '', state: '' },
    history: [],
    seconds: null,
  };
  return host(server, state, nothing);
}

export function report(some: Partial<Report & Asked> = {}): Report & Asked {
  return {
    result: 'SUCCESS',
    sentence: 'citest v1.4.0 is healthy on web1 and web2.',
    displayName: '#7 v1.4.0',
    description: '',
    mode: 'deploy',
    build: BUILD,
    hosts: [host('web1', 'done'), host('web2', 'unchanged', { seconds: 3 })],
    transfers: [],
    next: null,
    ...some,
  };
}

export function announcement(some: Partial<Announcement> = {}): Announcement {
  const { mode, build, hosts, sentence } = report();
  return {
    apps: ['citest'],
    mode,
    result: 'SUCCESS',
    to: 'v1.4.0',
    build,
    hosts,
    sentence,
    hasReport: true,
    isWorse: false,
    ...some,
  };
}

/** A manifest as `render` writes it, as far as it matters here. */
export function manifest(some: { app?: string; mode?: string; image?: string | null; number?: string } = {}) {
  const { app = 'citest', mode = 'deploy', image = `${IMAGE}:v1.4.0`, number = '7' } = some;
  const value = (text: string) => ({ value: text, source: 'environment' });
  return {
    generator: { name: 'gen-scripts', version: '0.1.0' },
    app,
    mode,
    image,
    scripts: {},
    parameters: {
      'jenkins.buildNumber': value(number),
      'jenkins.buildUrl': value(BUILD.url),
      'jenkins.jobName': value(BUILD.job),
      'jenkins.user': value(BUILD.who),
      'rollback.to': value(mode === 'rollback' ? `${IMAGE}:v1.2.0` : ''),
    },
  };
}
