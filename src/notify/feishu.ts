import { createHmac } from 'node:crypto';
import { refusalOfJson } from './answer.js';
import type { Message } from './message.js';
import type { Service } from './service.js';

/**
 * Custom bot of Feishu and Lark: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot. The whole request may
 * have 20 KB. `post`: paragraphs of typed elements, so text is text, unlike in `text`, where `<at user_id="all">` works.
 * `code` is today's answer, `StatusCode` that of older robots.
 */
export const FEISHU: Service = {
  name: 'Feishu',
  addressVariable: 'FEISHU_WEBHOOK',
  secretVariable: 'FEISHU_SECRET',
  limit: 8000,
  request: (message, address, secret, now) => ({
    url: address,
    body: {
      ...(secret === '' ? {} : signature(secret, Math.floor(now.getTime() / 1000))),
      msg_type: 'post',
      content: { post: { zh_cn: post(message) } },
    },
  }),
  refusal: (answer) =>
    refusalOfJson(answer, [
      ['code', 'msg'],
      ['StatusCode', 'StatusMessage'],
    ]),
};

function post({ title, lines, by, address, link, footer }: Message) {
  const paragraph = (text: string) => [{ tag: 'text', text }];
  return {
    title,
    content: [
      ...[...lines, by].filter(Boolean).map(paragraph),
      ...(address === '' ? [] : [[{ tag: 'a', text: link, href: address }]]),
      paragraph(footer),
    ],
  };
}

/** HMAC-SHA256 of nothing, keyed with "seconds, line feed, secret", as Base64 in the body. */
function signature(secret: string, seconds: number) {
  const sign = createHmac('sha256', `${seconds}\n${secret}`).digest('base64');
  return { timestamp: String(seconds), sign };
}
