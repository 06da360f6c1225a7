import { expect, test } from '@jest/globals';
import { readTargets } from '../../src/notify/targets.js';

test('without addresses there is nobody to tell; a secret alone is none', () => {
  expect(readTargets({ DINGTALK_SECRET: 'SEC', WECOM_WEBHOOK: ' \n', FEISHU_WEBHOOK: undefined })).toEqual({
    targets: [],
    problems: [],
  });
});

test('each service has its own variables; spaces around a value do not matter', () => {
  const { targets, problems } = readTargets({
    DINGTALK_WEBHOOK: 'https://oapi.dingtalk.com/robot/send?access_token=t\n',
    DINGTALK_SECRET: ' SEC1\n',
    WECOM_WEBHOOK: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k',
    FEISHU_WEBHOOK: 'https://open.larksuite.com/open-apis/bot/v2/hook/h',
    FEISHU_SECRET: 'SEC2',
    NOTIFY_WEBHOOK: 'http://mattermost.internal:8065/hooks/h',
  });
  expect(problems).toEqual([]);
  expect(targets.map(({ service, address, secret }) => [service.name, address.href, secret])).toEqual([
    ['DingTalk', 'https://oapi.dingtalk.com/robot/send?access_token=t', 'SEC1'],
    ['WeCom', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k', ''],
    ['Feishu', 'https://open.larksuite.com/open-apis/bot/v2/hook/h', 'SEC2'],
    ['Webhook', 'http://mattermost.internal:8065/hooks/h', ''],
  ]);
});

test.each([
  ['token-without-an-address', 'it is not a URL'],
  ['https://', 'it is not a URL'],
  ['ftp://chat.example.com/token', 'it is neither http nor https'],
  ['file:///etc/passwd', 'it is neither http nor https'],
  ['https://user:password@chat.example.com/token', 'it has a user name or password'],
  ['https://user@chat.example.com/token', 'it has a user name or password'],
])('%s: %s', (address, detail) => {
  const { targets, problems } = readTargets({ WECOM_WEBHOOK: address, NOTIFY_WEBHOOK: 'https://a.example/' });
  expect(targets.map(({ service }) => service.name)).toEqual(['Webhook']);
  expect(problems).toEqual([{ code: 'GS019', source: 'environment WECOM_WEBHOOK', detail }]);
});
