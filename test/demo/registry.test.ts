import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startRegistry } from '../../scripts/demo/registry.mjs';

let registry: Awaited<ReturnType<typeof startRegistry>>;

beforeEach(async () => {
  registry = await startRegistry();
});
afterEach(() => registry.close());

const digest = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

function ask(method: string, path: string, body?: string, type = 'application/octet-stream') {
  const url = new URL(path, `http://127.0.0.1:${registry.port}`);
  return fetch(url, { method, ...(body === undefined ? {} : { body, headers: { 'Content-Type': type } }) });
}

/** As docker does: in two pieces, the last call without a body. */
async function pushBlob(content: string, claimed = digest(content)): Promise<Response> {
  const begun = await ask('POST', '/v2/team/app/blobs/uploads/');
  expect(begun.status).toBe(202);
  const half = Math.floor(content.length / 2);
  const first = await ask('PATCH', begun.headers.get('location') ?? '', content.slice(0, half));
  expect(first.headers.get('range')).toBe(`0-${half - 1}`);
  const second = await ask('PATCH', first.headers.get('location') ?? '', content.slice(half));
  return ask('PUT', `${second.headers.get('location')}?digest=${claimed}`);
}

test('says that it is a registry, and whether anybody came', async () => {
  expect(registry.wasAsked()).toBe(false);
  const response = await ask('GET', '/v2/');
  expect(response.status).toBe(200);
  expect(response.headers.get('docker-distribution-api-version')).toBe('registry/2.0');
  expect(registry.wasAsked()).toBe(true);
});

describe('blobs', () => {
  test('come back as they were pushed', async () => {
    expect((await pushBlob('some layer')).status).toBe(201);
    const response = await ask('GET', `/v2/team/app/blobs/${digest('some layer')}`);
    expect([response.status, await response.text()]).toEqual([200, 'some layer']);
    const head = await ask('HEAD', `/v2/team/app/blobs/${digest('some layer')}`);
    expect([head.headers.get('content-length'), await head.text()]).toEqual(['10', '']);
  });

  test('are refused when they are not what they claim to be', async () => {
    expect((await pushBlob('some layer', digest('another'))).status).toBe(400);
    expect((await ask('HEAD', `/v2/team/app/blobs/${digest('another')}`)).status).toBe(404);
  });
});

describe('manifests', () => {
  const TYPE = 'application/vnd.docker.distribution.manifest.v2+json';

  test('are found by tag and by digest, and a tag moves', async () => {
    for (const text of ['{"v":1}', '{"v":2}']) {
      const response = await ask('PUT', '/v2/team/app/manifests/latest', text, TYPE);
      expect([response.status, response.headers.get('docker-content-digest')]).toEqual([201, digest(text)]);
    }
    const byTag = await ask('GET', '/v2/team/app/manifests/latest');
    expect([await byTag.text(), byTag.headers.get('content-type')]).toEqual(['{"v":2}', TYPE]);
    const byDigest = await ask('GET', `/v2/team/app/manifests/${digest('{"v":1}')}`);
    expect(await byDigest.text()).toBe('{"v":1}');
  });

  test('of another repository are unknown', async () => {
    await ask('PUT', '/v2/team/app/manifests/latest', '{}', TYPE);
    const response = await ask('GET', '/v2/team/other/manifests/latest');
    expect(response.status).toBe(404);
    expect(JSON.stringify(await response.json())).toContain('MANIFEST_UNKNOWN');
  });
});

test.each([
  ['GET', '/'],
  ['DELETE', '/v2/team/app/manifests/latest'],
])('%s %s is refused', async (method, path) => {
  expect((await ask(method, path)).status).toBeGreaterThanOrEqual(404);
});

test('stops listening', async () => {
  registry.close();
  await expect(ask('GET', '/v2/')).rejects.toThrow();
});
