import { afterEach, describe, expect, test } from '@jest/globals';
import { DINGTALK } from '../../src/notify/dingtalk.js';
import { FEISHU } from '../../src/notify/feishu.js';
import { composeMessage, textOf } from '../../src/notify/message.js';
import { NETWORK, type Network, send } from '../../src/notify/send.js';
import type { Service } from '../../src/notify/service.js';
import { SLACK } from '../../src/notify/slack.js';
import { WECOM } from '../../src/notify/wecom.js';
import { type Behaviour, closeChats, dingtalk, feishu, openChat, slack, wecom } from './chat.js';
import { announcement } from './reports.js';

afterEach(closeChats);

const MESSAGE = composeMessage(announcement(), 'zh', 2048);
const QUICK: Network = { ...NETWORK, pause: 5 };

interface Place {
  readonly service: Service;
  readonly path: string;
  readonly secret?: string;
}

async function tell(
  { service, path, secret = '' }: Place,
  behaviour: Behaviour,
  network: Partial<Network> = {},
) {
  const chat = await openChat(behaviour);
  const target = { service, address: new URL(path, chat.origin), secret };
  const refusal = await send(target, MESSAGE, { ...QUICK, ...network });
  return { refusal, received: chat.received };
}

const DING: Place = { service: DINGTALK, path: '/robot/send?access_token=tokenTOKEN1', secret: 'SECsecret1' };
const LARK: Place = { service: FEISHU, path: '/open-apis/bot/v2/hook/hookHOOK1', secret: 'larkSecret1' };
const WORK: Place = { service: WECOM, path: '/cgi-bin/webhook/send?key=keyKEY12' };
const HOOK: Place = { service: SLACK, path: '/services/T000/B000/XXXXXXXX1' };

describe('a service that takes it', () => {
  test.each<[Place, Behaviour]>([
    [DING, dingtalk('tokenTOKEN1', 'SECsecret1')],
    [{ ...DING, secret: '' }, dingtalk('tokenTOKEN1', '')],
    [WORK, wecom('keyKEY12')],
    [LARK, feishu('hookHOOK1', 'larkSecret1')],
    [{ ...LARK, secret: '' }, feishu('hookHOOK1', '')],
    [HOOK, slack('/services/T000/B000/XXXXXXXX1')],
  ])('$service.name is told once', async (place, behaviour) => {
    const { refusal, received } = await tell(place, behaviour);
    expect(refusal).toBeUndefined();
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ method: 'POST', type: 'application/json; charset=utf-8' });
    expect(received[0]?.body).toContain(JSON.stringify(MESSAGE.title).slice(1, -1));
  });
});

describe('a service that refuses is asked once, and its reason is told', () => {
  test.each<[string, Place, Behaviour, string]>([
    ['wrong secret', DING, dingtalk('tokenTOKEN1', 'other'), 'errcode 310000: sign not match'],
    ['wrong token', DING, dingtalk('other', 'SECsecret1'), 'errcode 300005: token is not exist'],
    [
      'a clock that is wrong',
      DING,
      ({ url, ...rest }, count) => {
        url.searchParams.set('timestamp', '1700000000000');
        return dingtalk('tokenTOKEN1', 'SECsecret1')({ url, ...rest }, count);
      },
      'errcode 310000: invalid timestamp',
    ],
    ['wrong key', WORK, wecom('other'), 'errcode 93000: invalid webhook url, hint: [123]'],
    [
      'wrong secret',
      LARK,
      feishu('hookHOOK1', 'other'),
      'code 19021: sign match fail or timestamp is not within one hour from current time',
    ],
    ['no such robot', LARK, feishu('other', ''), 'code 9499: Bad Request'],
    ['no such hook', HOOK, slack('/other'), 'HTTP 404: no_service'],
    ['garbage', DING, () => ({ body: '\u0000<html>' }), 'the answer is not one of this service'],
    ['no body at all', WORK, () => ({}), 'the answer is not one of this service'],
    ['a page of a proxy', HOOK, () => ({ status: 403, body: '<html>' }), 'HTTP 403'],
  ])('%s', async (_, place, behaviour, want) => {
    const { refusal, received } = await tell(place, behaviour);
    expect(refusal).toBe(want);
    expect(received).toHaveLength(1);
  });
});

describe('a passing fault is tried once more', () => {
  test.each<[string, Behaviour]>([
    ['HTTP 500', () => ({ status: 500 })],
    ['HTTP 503', () => ({ status: 503 })],
    ['HTTP 429', () => ({ status: 429 })],
    ['the connection was closed', () => 'close'],
  ])('%s, then it works', async (_, fault) => {
    const fine = dingtalk('tokenTOKEN1', 'SECsecret1');
    const { refusal, received } = await tell(DING, (one, count) =>
      count === 1 ? fault(one, 1) : fine(one, count),
    );
    expect(refusal).toBeUndefined();
    expect(received.map(({ body }) => body)).toEqual([received[0]?.body, received[0]?.body]);
  });

  test.each<[string, Behaviour]>([
    ['HTTP 500', () => ({ status: 500 })],
    ['the connection was closed', () => 'close'],
  ])('%s twice: no third time', async (want, fault) => {
    const { refusal, received } = await tell(HOOK, fault);
    expect(refusal).toBe(want);
    expect(received).toHaveLength(2);
  });
});

describe('time', () => {
  test('nobody is waited for longer than the limit, and a time-out is not tried again', async () => {
    const start = Date.now();
    const { refusal, received } = await tell(DING, () => 'silence', { timeout: 150 });
    expect(refusal).toBe('no answer within 0.15 s');
    expect(received).toHaveLength(1);
    expect(Date.now() - start).toBeLessThan(3000);
  });

  test('the second attempt counts into the limit', async () => {
    const { refusal, received } = await tell(
      DING,
      (_, count) => (count === 1 ? { status: 500 } : 'silence'),
      {
        timeout: 150,
      },
    );
    expect(refusal).toBe('no answer within 0.15 s');
    expect(received).toHaveLength(2);
  });

  test('the limit is 10 s', () => expect(NETWORK.timeout).toBe(10_000));
});

test('a redirect is not followed', async () => {
  const other = await openChat(() => ({ body: 'ok' }));
  const headers = { location: `${other.origin}/elsewhere` };
  const { refusal } = await tell(HOOK, () => ({ status: 307, headers }));
  expect(refusal).toBe('HTTP 307, redirects are not followed');
  expect(other.received).toEqual([]);
});

test('an endless answer is not read to its end', async () => {
  const { refusal } = await tell(HOOK, () => 'endless', { timeout: 4000 });
  expect(refusal).toBe('HTTP 400');
});

test('what a service quotes of the request is not shown', async () => {
  const quote: Behaviour = ({ url, json }) => ({
    body: {
      errcode: 1,
      errmsg: `${url.href} ${url.pathname} ${url.search} ${JSON.stringify(json)}`,
      code: 1,
      msg: '',
    },
  });
  const ding = await tell(DING, quote);
  expect(ding.refusal).toContain('errcode 1: ');
  expect(ding.refusal).not.toMatch(/tokenTOKEN1|SECsecret1/);
  const sign = ding.received[0]?.url.searchParams.get('sign') ?? '';
  expect(sign).toHaveLength(44);
  expect(ding.refusal).not.toContain(sign);
  expect(ding.refusal).not.toContain(encodeURIComponent(sign));
  const encoded: Behaviour = ({ url }) => ({
    body: { errcode: 1, errmsg: `sign is ${encodeURIComponent(url.searchParams.get('sign') ?? '')}` },
  });
  expect((await tell(DING, encoded)).refusal).toBe('errcode 1: sign is ***');
  const quoteBody: Behaviour = ({ json, url }) => ({
    body: { code: 1, msg: `${json?.sign} at ${url.pathname}` },
  });
  const lark = await tell(LARK, quoteBody);
  expect(lark.refusal).toBe('code 1: *** at /open-apis/bot/v2/hook/***');
});

describe('errors of the network', () => {
  const failing = (error: unknown) => ({ fetch: (() => Promise.reject(error)) as typeof fetch });
  const url = 'http://127.0.0.1:1/robot/send?access_token=tokenTOKEN1';

  test.each<[unknown, string]>([
    [new TypeError(url, { cause: { code: 'ENOTFOUND', message: url } }), 'the name of the host is not known'],
    [new TypeError(url, { cause: { code: 'ECONNREFUSED' } }), 'connection refused'],
    [new TypeError(url, { cause: { code: 'CERT_HAS_EXPIRED', message: url } }), 'CERT_HAS_EXPIRED'],
    [new TypeError(url, { cause: new Error(url) }), 'the request could not be made'],
    [Object.assign(new Error(url), { code: url }), 'the request could not be made'],
    [url, 'the request could not be made'],
    [undefined, 'the request could not be made'],
  ])('case %#: %s', async (error, want) => {
    const { refusal } = await tell(DING, () => 'silence', failing(error));
    expect(refusal).toBe(want);
  });

  test('nobody listens', async () => {
    const { origin } = await openChat(() => 'silence');
    await closeChats();
    const target = { service: WECOM, address: new URL('/?key=keyKEY12', origin), secret: '' };
    expect(await send(target, MESSAGE, QUICK)).toBe('connection refused');
  });
});

test('the text that arrives is the text that was composed', async () => {
  const { received } = await tell(WORK, wecom('keyKEY12'));
  expect(received[0]?.json).toEqual({ msgtype: 'text', text: { content: textOf(MESSAGE) } });
});
