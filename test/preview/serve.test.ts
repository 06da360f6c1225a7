import { request as ask } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parseArguments } from '../../src/commands/arguments.js';
import { Linting } from '../../src/preview/linting.js';
import { formFrom } from '../../src/preview/page/build-form.js';
import { Rehearsals } from '../../src/preview/rehearsals.js';
import { Routes } from '../../src/preview/serve/routes.js';
import { type Served, serve } from '../../src/preview/serve/server.js';
import { cleanUp, folderWith, settings } from '../commands/support.js';

jest.setTimeout(180_000);

const SECRET = 'hunter2-canary';
const ENV = {
  PATH: process.env.PATH,
  GIT_TAG: 'v1',
  // No ShellCheck: what it says is another test's matter.
  REGISTRY_USERNAME: 'ci',
  REGISTRY_PASSWORD: SECRET,
  DB_TOKEN: SECRET,
};

let served: Served;
let port = 0;
let path = '';

function routesFor(cwd: string, argv: readonly string[] = ['preview', '--serve']): Routes {
  const parsed = parseArguments(argv);
  if (!('request' in parsed)) throw new Error('no request');
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const sources = {
    request: parsed.request,
    surroundings: { cwd, env: ENV, ...streams },
    linting: new Linting({ PATH: '' }, cwd),
    rehearsals: new Rehearsals(),
  };
  return new Routes(sources, formFrom(parsed.request.options, ENV, 'en'));
}

beforeAll(async () => {
  const cwd = await folderWith({ 'gen-scripts.yml': settings('citest', 'registry: { login: shipped }\n') });
  served = await serve(routesFor(cwd), 0, (error) => {
    throw error;
  });
  const url = new URL(served.address);
  [port, path] = [Number(url.port), url.pathname];
});
afterAll(async () => {
  await served.close();
  await cleanUp();
});

interface Reply {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

function get(url: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = ask({ host: '127.0.0.1', port, path: url, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

test('the address is that of this machine, with a token that nobody guesses', () =>
  expect(served.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/));

test('the page has the scripts, and says what it may do', async () => {
  const { status, headers, body } = await get(path);
  expect(status).toBe(200);
  expect(body).toContain('registry.example.com/team/citest:v1');
  expect(headers).toMatchObject({
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(headers).not.toHaveProperty('access-control-allow-origin');
  expect(body).not.toMatch(/ style=|<style|<script(?! src="(htmx|page)\.js" defer><\/script>)| on\w+=/);
});

test('nothing that is secret in the environment is in any answer', async () => {
  for (const name of ['', 'view?start=push', 'view?start=hand&ctrlBuild=true&gitTag=a%20b'])
    expect((await get(path + name)).body).not.toContain(SECRET);
});

describe('nobody else gets in', () => {
  test.each([
    ['/', 404],
    ['/x/', 404],
    ['/style.css', 404],
    ['/%2e%2e/', 404],
    ['//', 404],
    ['', 404],
  ])('without the token: %j', async (url, status) => expect((await get(url || '*')).status).toBe(status));

  test('with a part of the token, or more than it', async () => {
    const token = path.slice(1, -1);
    for (const given of [token.slice(0, -1), `${token}a`, token.toUpperCase(), ''])
      expect((await get(`/${given}/`)).status).toBe(404);
  });

  test.each(['evil.example', 'evil.example:80', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]:80', ' '])(
    'by another name: %j',
    async (host) => expect((await get(path, { Host: host })).status).toBe(403),
  );

  test('by the other name of this machine one does', async () =>
    expect((await get(path, { Host: `localhost:${port}` })).status).toBe(200));

  test.each<Record<string, string>>([
    { Origin: 'http://evil.example' },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
  ])('a form elsewhere: %j', async (headers) =>
    expect((await get(`${path}rehearse`, headers, 'POST', 'app=a0')).status).toBe(403),
  );

  test.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s begins no rehearsal', async (method) =>
    expect((await get(`${path}rehearse`, {}, method)).status).toBe(405),
  );

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is no way to read the page', async (method) => {
    const { status, headers } = await get(path, {}, method);
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test.each([
    '../gen-scripts.yml',
    '..%2fgen-scripts.yml',
    'gen-scripts.yml',
    'style.css/',
    '%2e%2e',
    'constructor',
  ])('no file of this machine: %s', async (name) => expect((await get(path + name)).status).toBe(404));

  test('a form that is too long', async () =>
    expect((await get(`${path}rehearse`, {}, 'POST', 'x'.repeat(100_000))).status).toBe(413));

  test('on no other address of this machine', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address);
    for (const host of others) await expect(reach(host)).rejects.toThrow();
  });
});

function reach(host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 5000 });
    socket.on('connect', () => resolve(void socket.destroy()));
    socket.on('error', reject);
    socket.on('timeout', () => reject(new Error('timeout')));
  });
}

describe('the answers', () => {
  test('HEAD has no body', async () =>
    expect(await get(path, {}, 'HEAD')).toMatchObject({ status: 200, body: '' }));

  test.each([
    ['style.css', 'text/css; charset=utf-8'],
    ['htmx.js', 'text/javascript; charset=utf-8'],
    ['page.js', 'text/javascript; charset=utf-8'],
    ['icon.svg', 'image/svg+xml; charset=utf-8'],
  ])('%s', async (name, type) =>
    expect(await get(path + name)).toMatchObject({ status: 200, headers: { 'content-type': type } }),
  );

  test.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', '', 'zh-CN'],
    ['en-US,en;q=0.9,zh;q=0.8', '', 'en'],
    ['fr', '', 'en'],
    ['zh-CN', '?lang=en', 'en'],
  ])('a browser that speaks %s, and %j', async (speaks, query, want) =>
    expect((await get(path + query, { 'Accept-Language': speaks })).body).toContain(`<html lang="${want}">`),
  );

  test('a rollback has one script', async () => {
    const { body } = await get(`${path}view?start=hand&rollbackTo=v0`);
    expect([body.includes('id="a0-rollback"'), body.includes('id="a0-repull"')]).toEqual([true, false]);
  });

  test('what is wrong is said at its field, and what was typed is no markup', async () => {
    const { body } = await get(`${path}view?start=push&gitTag=${encodeURIComponent('a "><script>x')}`);
    expect(body).toMatch(
      /<span class="error" id="gitTag-error" role="alert" hx-swap-oob="true"><span>not a git tag/,
    );
    expect(body).not.toContain('<script>');
  });

  test('an environment that there is not', async () =>
    expect((await get(`${path}?start=push&environment=nosuch`)).body).toMatch(
      /value="nosuch" selected[\s\S]*id="environment-error" role="alert"><span>no such environment/,
    ));

  test('nothing changes as long as nothing changes', async () => {
    // What lint found out meanwhile is a change, once.
    const reload = async () => /&quot;seen&quot;:&quot;(\w+)/.exec((await get(path)).body)?.[1];
    await reload();
    const statuses = [];
    for (let turn = 0; turn < 5 && statuses.at(-1) !== 204; turn += 1)
      statuses.push((await get(`${path}changes?seen=${await reload()}`)).status);
    expect(statuses.at(-1)).toBe(204);
    expect((await get(`${path}changes?seen=other`)).body).toContain('<main id="result"');
  });
});

test('a port that is taken is said so', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const taken = (other.address() as AddressInfo).port;
  const failing = serve(routesFor(await folderWith()), taken, () => undefined);
  await expect(failing).rejects.toThrow(/--port: "\d+": the page cannot be served there .*GS250/);
  other.close();
});

test('large scripts are shown in time', async () => {
  const env = Array.from({ length: 500 }, (_, index) => `    V${index}: value ${index}\n`).join('');
  const cwd = await folderWith({ 'gen-scripts.yml': settings('big', `container:\n  env:\n${env}`) });
  const routes = routesFor(cwd);
  const query = (number: number) =>
    new URLSearchParams(`start=hand&ctrlBuild=true&gitTag=v1&buildNumber=${number}`);
  await routes.answer('GET', { name: 'view', query: query(1) }, new URLSearchParams());
  const begin = performance.now();
  const { body } = await routes.answer('GET', { name: 'view', query: query(1) }, new URLSearchParams());
  const took = performance.now() - begin;
  expect(body.match(/class="line"/g)?.length).toBeGreaterThan(3000);
  // 300 ms on a machine that does nothing else; this one may run other tests.
  expect(took).toBeLessThan(10_000);
  console.info(`large scripts: ${took.toFixed(0)} ms`);
});
