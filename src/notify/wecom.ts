import { refusalOfJson } from './answer.js';
import { textOf } from './message.js';
import type { Service } from './service.js';

/**
 * Group robot ("message push"): https://developer.work.weixin.qq.com/document/path/91770. No signature: the key in the
 * address is all. `text` takes 2048 bytes and is shown in WeChat too; `markdown` takes 4096 and is not. Nobody is mentioned
 * without `mentioned_list` or `<@userid>`, and the text has no `<`.
 */
export const WECOM: Service = {
  name: 'WeCom',
  addressVariable: 'WECOM_WEBHOOK',
  limit: 2048,
  request: (message, address) => ({
    url: address,
    body: { msgtype: 'text', text: { content: textOf(message) } },
  }),
  refusal: (answer) => refusalOfJson(answer, [['errcode', 'errmsg']]),
};
