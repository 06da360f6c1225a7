import type { Scenario } from '../../../src/rehearsal/scenario.js';
import type { Host } from '../../support/host.js';
import { DEPLOYS } from './deploys.js';
import { ROLLBACKS } from './rollbacks.js';
import { STRATEGIES } from './strategies.js';
import { SWARM } from './swarm.js';

export const SCENARIOS: readonly Scenario<Host>[] = [...DEPLOYS, ...ROLLBACKS, ...STRATEGIES, ...SWARM];
