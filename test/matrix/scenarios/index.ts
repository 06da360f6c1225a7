import type { Scenario } from '../scenario.js';
import { DEPLOYS } from './deploys.js';
import { ROLLBACKS } from './rollbacks.js';

export const SCENARIOS: readonly Scenario[] = [...DEPLOYS, ...ROLLBACKS];
