import { basename } from 'node:path';
import type { Answers } from './answers.js';

/** Completes what is known with what is likely; an empty string where nothing is. */
export function suggestAnswers(known: Partial<Answers>, cwd: string): Answers {
  const app = known.app ?? appName(cwd);
  return {
    app,
    image: '',
    port: '',
    healthUrl: '',
    history: app === '' ? '' : `/data/jenkins/${app}_history`,
    remoteRoot: '/srv/deploy',
    sshServer: 'web1',
    ...known,
  };
}

/** The folder's name as far as docker takes it for a container. */
function appName(cwd: string): string {
  const name = basename(cwd)
    .replace(/[^a-zA-Z0-9_.-]+/g, '-')
    .replace(/^[^a-zA-Z0-9]+/, '');
  return name.length > 1 ? name : '';
}
