import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { deployByRecipe, REPOSITORY } from '../hosts/recipe.js';
import type { Host } from '../support/host.js';
import type { Action, HistoryEdit, SwapDamage } from './actions.js';
import { currentOf, parkedOf } from './sight.js';

/** What an action that is no run does to the host; 'meddled' when nobody can say any more what the next run should make of it. */
export type Effect = 'deployed' | 'served' | 'stopped' | 'edited' | 'meddled' | 'nothing';

type Disturbance = Exclude<
  Action,
  { do: 'deploy' | 'rollback' | 'rollback-by-hand' | 'again' | 'clock' | 'portless' | 'strategy' }
>;

/** `isSwapping`: an interrupted run has left its swap file. What does not apply does nothing. */
export function disturb(host: Host, action: Disturbance, isSwapping: boolean): Effect {
  switch (action.do) {
    case 'registry':
    case 'daemon':
      host.sim(action.do, action.is);
      return 'nothing';
    case 'forget':
      return attempt(() => host.sim('forget', `${REPOSITORY}:${action.version}`));
    case 'push':
      host.image(action.version);
      return 'nothing';
    case 'daemon-restart':
    case 'power-cut':
      return restartDaemon(host, action.do);
    case 'stop':
    case 'restart':
    case 'remove':
      return handleCurrent(host, action.do, isSwapping);
    case 'remove-parked':
      return removeParked(host, action.which, isSwapping);
    case 'remove-image':
      return attempt(() => host.command('docker', 'rmi', `${REPOSITORY}:${action.version}`));
    case 'edit-history':
      return editHistory(host, action.to);
    case 'damage-swap':
      return isSwapping ? damageSwap(host, action.to) : 'nothing';
    case 'recipe':
      deployByRecipe(host, action.version);
      return 'deployed';
  }
}

/** What docker refuses, because it is used or is not there, has not happened. */
function attempt(act: () => unknown): Effect {
  try {
    act();
  } catch {
    // Refused.
  }
  return 'nothing';
}

function restartDaemon(host: Host, how: 'daemon-restart' | 'power-cut'): Effect {
  const current = currentOf(host);
  host.sim('daemon', 'up');
  host.sim(how);
  return current?.state === 'running' && current.policy === 'no' ? 'stopped' : 'nothing';
}

function handleCurrent(host: Host, how: 'stop' | 'restart' | 'remove', isSwapping: boolean): Effect {
  const current = currentOf(host);
  if (current === undefined) return 'nothing';
  try {
    if (how === 'remove') host.command('docker', 'rm', '-f', current.id);
    else host.command('docker', 'stop', current.id);
    if (how === 'restart') host.command('docker', 'start', current.id);
  } catch {
    return 'nothing'; // the daemon is down
  }
  if (isSwapping) return how === 'stop' ? 'nothing' : 'meddled';
  return how === 'restart' ? 'served' : 'stopped';
}

function removeParked(host: Host, which: 'newest' | 'oldest', isSwapping: boolean): Effect {
  const parked = parkedOf(host).at(which === 'newest' ? 0 : -1);
  if (parked === undefined) return 'nothing';
  attempt(() => host.command('docker', 'rm', '-f', parked.id));
  return isSwapping ? 'meddled' : 'nothing';
}

function editHistory(host: Host, to: HistoryEdit): Effect {
  if (to === 'nothing') writeFileSync(host.history, '');
  if (to === 'nonsense') appendFileSync(host.history, '--privileged $(touch /tmp/pwned); `id`\n');
  if (to === 'blank lines') appendFileSync(host.history, '\n  \n');
  if (to === 'one more without a line end') appendFileSync(host.history, `${REPOSITORY}:v1`);
  return 'edited';
}

function damageSwap(host: Host, to: SwapDamage): Effect {
  const file = `${host.history}.swap`;
  const text = readFileSync(file, 'utf8');
  if (to === 'empty') writeFileSync(file, '');
  if (to === 'cut') writeFileSync(file, text.slice(0, 60));
  if (to === 'without its end') writeFileSync(file, text.replace(/end\n$/, ''));
  if (to.startsWith('removed')) rmSync(file);
  if (to === 'removed with next') rmSync(`${host.history}.next`, { force: true });
  return 'meddled';
}
