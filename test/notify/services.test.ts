import { describe, expect, test } from '@jest/globals';
import { DINGTALK } from '../../src/notify/dingtalk.js';
import { FEISHU } from '../../src/notify/feishu.js';
import { composeMessage, textOf } from '../../src/notify/message.js';
import { SLACK } from '../../src/notify/slack.js';
import { WECOM } from '../../src/notify/wecom.js';
import { announcement, BUILD } from './reports.js';

const MESSAGE = composeMessage(announcement(), 'en', 4000);
const NOW = new Date(1_735_689_600_999);

describe('DingTalk', () => {
  const address = new URL('https://oapi.dingtalk.com/robot/send?access_token=token');

  // printf '%s\n%s' 1735689600999 SECtest-secret | openssl dgst -sha256 -hmac SECtest-secret -binary | openssl base64
  test('signs as openssl does', () => {
    const { url } = DINGTALK.request(MESSAGE, address, 'SECtest-secret', NOW);
    expect(url.href).toBe(
      `${address.href}&timestamp=1735689600999&sign=Wb%2FhGt8D4hrepEH7vRxBDUgGzroGT7AxNek4s%2FLwaUc%3D`,
    );
  });

  // The value that the unit test of the Jenkins plugin "dingtalk" has (RobotConfigModelTest).
  test("signs as Jenkins' DingTalk plugin does", () => {
    const secret = 'SEC045ae0433d866d0019a47f441d3da2c3c5862b8a8c46f8ab1de83a6fb0b9a54c';
    const { url } = DINGTALK.request(MESSAGE, address, secret, new Date(1_735_693_200_000));
    expect(url.search).toContain('&sign=BSe0QzwtBdzTlEnmaVptmDApFF%2FEyDdmvpE%2FDajHtoE%3D');
  });

  test('without a secret the address is used as it is; the body is a text that mentions nobody', () => {
    const { url, body } = DINGTALK.request(MESSAGE, address, '', NOW);
    expect(url.href).toBe(address.href);
    expect(body).toEqual({ msgtype: 'text', text: { content: textOf(MESSAGE) } });
  });
});

test('WeCom: a text that mentions nobody', () => {
  const address = new URL('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k');
  const { url, body } = WECOM.request(MESSAGE, address, '', NOW);
  expect(url).toBe(address);
  expect(body).toEqual({ msgtype: 'text', text: { content: textOf(MESSAGE) } });
});

describe('Feishu', () => {
  const address = new URL('https://open.feishu.cn/open-apis/bot/v2/hook/id');

  // printf '' | openssl dgst -sha256 -hmac "$(printf '1735689600\nfeishu-test-secret')" -binary | openssl base64
  test('signs as openssl does', () => {
    const { url, body } = FEISHU.request(MESSAGE, address, 'feishu-test-secret', NOW);
    expect(url).toBe(address);
    expect(body).toMatchObject({
      timestamp: '1735689600',
      sign: '8gM3F/Tv8mABPaGjTZhj2VyPgMubomp69Wq4JAC5S6U=',
    });
  });

  test('without a secret no signature; paragraphs of plain text and one link', () => {
    const { body } = FEISHU.request(MESSAGE, address, '', NOW);
    const paragraph = (text: string) => [{ tag: 'text', text }];
    const content = [
      ...MESSAGE.lines.map(paragraph),
      paragraph('By: li'),
      [{ tag: 'a', text: `Build: ${BUILD.url}`, href: BUILD.url }],
      paragraph('gen-scripts · citest-deploy #7'),
    ];
    expect(body).toEqual({
      msg_type: 'post',
      content: { post: { zh_cn: { title: MESSAGE.title, content } } },
    });
  });

  test('without an address of the build there is no empty link', () => {
    const message = composeMessage(announcement({ build: { ...BUILD, url: '' } }), 'en', 4000);
    expect(JSON.stringify(FEISHU.request(message, address, '', NOW))).not.toContain('href');
  });

  test('the longest message stays below the 20 KB of a request', () => {
    const sentence = '署'.repeat(5000);
    const hosts = Array.from({ length: 300 }, () => announcement().hosts).flat();
    const message = composeMessage(announcement({ sentence, hosts }), 'zh', FEISHU.limit);
    const { body } = FEISHU.request(message, address, 'secret', NOW);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(20_000);
  });
});

test('Slack: the ampersand is an entity, formatting is off', () => {
  const address = new URL('https://hooks.slack.com/services/T/B/X');
  const message = composeMessage(announcement({ sentence: 'a & b &lt;!channel&gt;' }), 'en', 4000);
  const { body } = SLACK.request(message, address, '', NOW);
  expect(body).toEqual({ text: textOf(message).replaceAll('&', '&amp;'), mrkdwn: false });
  expect((body as { text: string }).text).toContain('a &amp; b &amp;lt;!channel&amp;gt;');
});

describe('answers', () => {
  test.each([
    [DINGTALK, 200, '{"errcode":0,"errmsg":"ok"}', undefined],
    [DINGTALK, 200, '{"errcode":310000,"errmsg":"sign not match"}', 'errcode 310000: sign not match'],
    [DINGTALK, 200, '{"errcode":310000}', 'errcode 310000: '],
    [DINGTALK, 200, '{"errcode":"0"}', 'the answer is not one of this service'],
    [DINGTALK, 200, '<html>log in</html>', 'the answer is not one of this service'],
    [DINGTALK, 200, 'null', 'the answer is not one of this service'],
    [DINGTALK, 500, '{"errcode":0}', 'HTTP 500'],
    [DINGTALK, 302, '', 'HTTP 302, redirects are not followed'],
    [WECOM, 200, '{"errcode":0,"errmsg":"ok"}', undefined],
    [WECOM, 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', 'errcode 93000: invalid webhook url'],
    [FEISHU, 200, '{"code":0,"msg":"success","data":{}}', undefined],
    [FEISHU, 200, '{"StatusCode":0,"StatusMessage":"success"}', undefined],
    [
      FEISHU,
      200,
      '{"StatusCode":0,"code":19024,"msg":"Key Words Not Found"}',
      'code 19024: Key Words Not Found',
    ],
    [FEISHU, 400, '{"code":9499,"msg":"Bad Request","data":{}}', 'code 9499: Bad Request'],
    [SLACK, 200, 'ok', undefined],
    [SLACK, 204, '', undefined],
    [SLACK, 404, 'no_service', 'HTTP 404: no_service'],
    [SLACK, 403, '<html>Forbidden</html>', 'HTTP 403'],
    [SLACK, 301, '', 'HTTP 301, redirects are not followed'],
  ])('$name, HTTP %i, %s: %s', ({ refusal }, status, body, want) =>
    expect(refusal({ status, body })).toBe(want),
  );
});
