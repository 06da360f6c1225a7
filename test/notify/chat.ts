import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a chat server was sent. */
export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly type: string;
  readonly body: string;
  /** Of the body; null if it is not JSON. */
  readonly json: Record<string, unknown> | null;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** `close` drops the connection without a word, `silence` never answers, `endless` is a 400 that never ends. */
export type Behaviour = (received: Received, count: number) => Reply | Misbehaviour;
type Misbehaviour = 'close' | 'silence' | 'endless';

export interface Chat {
  /** Without a path, for example `http://127.0.0.1:40123`. */
  readonly origin: string;
  readonly received: Received[];
}

const servers: Server[] = [];

/** A server on 127.0.0.1 that behaves like this; `closeChats` ends it. */
export async function openChat(behaviour: Behaviour): Promise<Chat> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void read(request).then((one) => {
      received.push(one);
      reply(response, behaviour(one, received.length));
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, received };
}

export async function closeChats(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { method = '', headers } = request;
  return { method, url, type: headers['content-type'] ?? '', body, json: parse(body) };
}

function parse(body: string): Record<string, unknown> | null {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function reply(response: ServerResponse, answer: Reply | Misbehaviour): void {
  if (answer === 'silence') return;
  if (answer === 'close') {
    response.destroy();
    return;
  }
  if (answer === 'endless') {
    response.writeHead(400);
    pump(response);
    return;
  }
  const { status = 200, headers = {}, body = '' } = answer;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, headers).end(text);
}

function pump(response: ServerResponse): void {
  if (response.destroyed) return;
  const again = () => setImmediate(pump, response);
  if (response.write('x'.repeat(16_384))) again();
  else response.once('drain', again);
}

const HOUR = 3_600_000;

/** Refuses as the documents of each service say, and with its words; the signatures are computed here once more. */
export function dingtalk(token: string, secret: string): Behaviour {
  return ({ url, json, type, method }) => {
    const answer = (errcode: number, errmsg: string) => ({ body: { errcode, errmsg } });
    if (method !== 'POST' || !type.startsWith('application/json') || json === null)
      return answer(40035, 'missing parameter json');
    if (url.searchParams.get('access_token') !== token) return answer(300005, 'token is not exist');
    const time = url.searchParams.get('timestamp') ?? '';
    if (secret !== '') {
      const wanted = createHmac('sha256', secret).update(`${time}\n${secret}`).digest('base64');
      if (!/^\d{13}$/.test(time) || Math.abs(Date.now() - Number(time)) > HOUR)
        return answer(310000, 'invalid timestamp');
      if (url.searchParams.get('sign') !== wanted) return answer(310000, 'sign not match');
    }
    return answer(0, 'ok');
  };
}

export function wecom(key: string): Behaviour {
  return ({ url, json }) => {
    const answer = (errcode: number, errmsg: string) => ({ body: { errcode, errmsg } });
    if (url.searchParams.get('key') !== key) return answer(93000, 'invalid webhook url, hint: [123]');
    const { content } = (json?.text ?? {}) as { content?: string };
    if (json?.msgtype !== 'text' || content === undefined) return answer(40008, 'invalid message type');
    return Buffer.byteLength(content) > 2048
      ? answer(40058, 'text.content exceed max length 2048')
      : answer(0, 'ok');
  };
}

export function feishu(id: string, secret: string): Behaviour {
  return ({ url, json, body }) => {
    const bad = { body: { code: 9499, msg: 'Bad Request', data: {} } };
    if (json === null || url.pathname !== `/open-apis/bot/v2/hook/${id}` || body.length > 20_000) return bad;
    const { timestamp, sign } = json;
    const wanted = createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');
    const isFresh =
      /^\d{10}$/.test(String(timestamp)) && Math.abs(Date.now() - Number(timestamp) * 1000) < HOUR;
    if (secret !== '' && !(isFresh && sign === wanted))
      return {
        body: {
          code: 19021,
          msg: 'sign match fail or timestamp is not within one hour from current time',
          data: {},
        },
      };
    return { body: { StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' } };
  };
}

export function slack(path: string): Behaviour {
  return ({ url, json }) => {
    if (url.pathname !== path) return { status: 404, body: 'no_service' };
    if (json === null) return { status: 400, body: 'invalid_payload' };
    return typeof json.text === 'string' ? { body: 'ok' } : { status: 400, body: 'no_text' };
  };
}
