import { createHmac } from 'node:crypto';
import { refusalOfJson } from './answer.js';
import { textOf } from './message.js';
import type { Service } from './service.js';

/**
 * Custom robot: https://open.dingtalk.com/document/robots/custom-robot-access and, for the signature,
 * https://open.dingtalk.com/document/robots/customize-robot-security-settings. `text`, not `markdown`: how its Markdown
 * escapes a character is not documented. Mentions need the `at` object; without it `@` is only a character.
 */
export const DINGTALK: Service = {
  name: 'DingTalk',
  addressVariable: 'DINGTALK_WEBHOOK',
  secretVariable: 'DINGTALK_SECRET',
  limit: 4000,
  request: (message, address, secret, now) => ({
    url: secret === '' ? address : signed(address, secret, now.getTime()),
    body: { msgtype: 'text', text: { content: textOf(message) } },
  }),
  refusal: (answer) => refusalOfJson(answer, [['errcode', 'errmsg']]),
};

/** HMAC-SHA256 of "milliseconds, line feed, secret", keyed with the secret, as Base64 in the query. */
function signed(address: URL, secret: string, milliseconds: number): URL {
  const sign = createHmac('sha256', secret).update(`${milliseconds}\n${secret}`).digest('base64');
  const url = new URL(address);
  url.searchParams.set('timestamp', String(milliseconds));
  url.searchParams.set('sign', sign);
  return url;
}
