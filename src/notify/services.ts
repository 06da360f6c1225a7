import { DINGTALK } from './dingtalk.js';
import { FEISHU } from './feishu.js';
import type { Service } from './service.js';
import { SLACK } from './slack.js';
import { WECOM } from './wecom.js';

/** Every service there is, in the order in which they are named. */
export const SERVICES: readonly Service[] = [DINGTALK, WECOM, FEISHU, SLACK];
