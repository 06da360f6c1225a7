import { httpRefusal, isSuccess } from './answer.js';
import { textOf } from './message.js';
import type { Service } from './service.js';

/**
 * Incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/; Mattermost, Rocket.Chat and
 * others take the same body. What they answer differs, so only the HTTP status counts. `&`, `<` and `>` are written as
 * entities: https://docs.slack.dev/messaging/formatting-message-text/; of the three only `&` can be in the text.
 */
export const SLACK: Service = {
  name: 'Webhook',
  addressVariable: 'NOTIFY_WEBHOOK',
  limit: 3500,
  request: (message, address) => ({
    url: address,
    body: { text: textOf(message).replaceAll('&', '&amp;'), mrkdwn: false },
  }),
  refusal: ({ status, body }) => (isSuccess(status) ? undefined : httpRefusal(status) + wordOf(body)),
};

/** Slack's errors are one word, for example `no_service`; the page of a proxy is not shown. */
function wordOf(body: string): string {
  const word = body.trim();
  return /^[a-z_]{1,40}$/.test(word) ? `: ${word}` : '';
}
