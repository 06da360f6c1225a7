import type { Answer } from '../../src/report/host-report.js';
import type { ShippedManifest } from '../../src/report/manifests.js';
import type { Report } from '../../src/report/report.js';

const IMAGE = 'registry.example.com:5000/team/citest';
export const AUTO = 'a1'.repeat(32);

/** A reference as the scripts record it. */
export function reference(tag: string): string {
  return `${IMAGE}:${tag}@sha256:${'0123456789abcdef'.repeat(4)}`;
}

export function manifest(
  app = 'citest',
  mode: Report['mode'] = 'deploy',
  target: string | null = null,
): ShippedManifest {
  return {
    app,
    mode,
    image: mode === 'rollback' ? '' : `${IMAGE}:v2`,
    auto: AUTO,
    target,
    folder: '/work/release',
    rollback: { to: '', steps: 0, from: '' },
    hosts: [],
    rollout: { canary: 0, batch: '1', wait: 0, failures: 0, onFailure: 'stop' },
    remoteFolder: `/srv/deploy/${app}`,
    build: { number: '7', url: 'https://jenkins.example.com/job/x/7/', job: 'x', who: 'li' },
    transfer: {
      app,
      order: 1,
      servers: [],
      sourceFiles: 'release/*',
      removePrefix: 'release',
      remoteDirectory: app,
      execCommand: 'sh ...',
      revertCommand: 'sh ... --from',
      fetchCommand: 'get ...',
      execTimeout: 600_000,
    },
  };
}

/** What a test changes of a deploy of v2 over v1 that went well. */
export interface Story {
  readonly exit?: number;
  readonly action?: string;
  readonly result?: string;
  readonly from?: string;
  readonly to?: string;
  readonly now?: string;
  readonly history?: readonly string[];
  readonly build?: string;
  readonly auto?: string;
}

export function outcome(story: Story = {}): string {
  const { exit = 0, action = 'deploy', result = 'done', build = '7', auto = AUTO } = story;
  const { from = reference('v1'), to = reference('v2'), now = `${reference('v2')} running` } = story;
  const history = (story.history ?? [reference('v1'), reference('v0')]).map((line) => `history ${line}\n`);
  return (
    `gen-scripts-outcome 1\nbuild ${build}\nauto ${auto}\nexit ${exit}\naction ${action}\nresult ${result}\n` +
    `from ${from}\nto ${to}\nseconds 12\nnow ${now}\n${history.join('')}end\n`
  );
}

export const RESTORED: Story = { exit: 11, result: 'restored', now: `${reference('v1')} running` };

/** A rollback from v2 to v1. */
export const BACK: Story = {
  action: 'rollback',
  from: reference('v2'),
  to: reference('v1'),
  now: `${reference('v1')} running`,
  history: [],
};

export function answer(server: string, story: Story | string | null = {}, app = 'citest'): Answer {
  const text = story === null || typeof story === 'string' ? story : outcome(story);
  return { server, app, outcome: text };
}
