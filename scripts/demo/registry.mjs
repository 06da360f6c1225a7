import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * A docker registry in memory, on a free port of 127.0.0.1, where docker asks neither for TLS nor for a login:
 * as much of the Registry API v2 as `docker push` and `docker pull` use, for images of a few megabytes.
 *
 * -> { port, wasAsked(): has any client come yet, close() }
 */
export async function startRegistry() {
  const state = { blobs: new Map(), manifests: new Map(), uploads: new Map(), asked: 0 };
  const server = createServer((request, response) => {
    state.asked += 1;
    answer(state, request)
      .catch(() => ({ status: 500 }))
      .then((reply) => send(response, request.method, reply));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { port: server.address().port, wasAsked: () => state.asked > 0, close };
}

/** Paths under /v2/ -> functions of (state, request, repository, rest of the path, body), each -> a reply. */
const ROUTES = [
  [/^\/v2\/$/, () => ({ status: 200, body: '{}' })],
  [/^\/v2\/(.+)\/blobs\/uploads\/$/, { POST: beginUpload }],
  [/^\/v2\/(.+)\/blobs\/uploads\/([^/]+)$/, { PATCH: addToUpload, PUT: endUpload }],
  [/^\/v2\/(.+)\/blobs\/([^/]+)$/, { HEAD: giveBlob, GET: giveBlob }],
  [/^\/v2\/(.+)\/manifests\/([^/]+)$/, { HEAD: giveManifest, GET: giveManifest, PUT: takeManifest }],
];

/** A reply: { status, headers, body }. */
async function answer(state, request) {
  const url = new URL(request.url, 'http://registry');
  const body = Buffer.concat(await request.toArray());
  for (const [pattern, handlers] of ROUTES) {
    const match = pattern.exec(url.pathname);
    if (!match) continue;
    const handle = typeof handlers === 'function' ? handlers : handlers[request.method];
    if (!handle) return { status: 405 };
    return handle(state, {
      repository: match[1],
      name: match[2],
      query: url.searchParams,
      headers: request.headers,
      body,
    });
  }
  return { status: 404 };
}

function send(response, method, { status, headers = {}, body = '' }) {
  const length = Buffer.byteLength(body);
  response.writeHead(status, {
    'Docker-Distribution-Api-Version': 'registry/2.0',
    'Content-Length': length,
    ...headers,
  });
  response.end(method === 'HEAD' ? undefined : body);
}

function beginUpload({ uploads }, { repository }) {
  const id = randomUUID();
  uploads.set(id, []);
  return uploadReply(repository, id, 0);
}

function addToUpload({ uploads }, { repository, name, body }) {
  const parts = uploads.get(name);
  if (!parts) return unknown('BLOB_UPLOAD_UNKNOWN');
  parts.push(body);
  return uploadReply(repository, name, Buffer.concat(parts).length);
}

function uploadReply(repository, id, size) {
  const Location = `/v2/${repository}/blobs/uploads/${id}`;
  return {
    status: 202,
    headers: { Location, Range: `0-${Math.max(0, size - 1)}`, 'Docker-Upload-UUID': id },
  };
}

function endUpload({ uploads, blobs }, { repository, name, query, body }) {
  const blob = Buffer.concat([...(uploads.get(name) ?? []), body]);
  const digest = digestOf(blob);
  if (digest !== query.get('digest')) return refusal(400, 'DIGEST_INVALID');
  uploads.delete(name);
  blobs.set(digest, blob);
  return created(`/v2/${repository}/blobs/${digest}`, digest);
}

function giveBlob({ blobs }, { name }) {
  const blob = blobs.get(name);
  if (!blob) return unknown('BLOB_UNKNOWN');
  return { status: 200, headers: described('application/octet-stream', name), body: blob };
}

function takeManifest({ manifests }, { repository, name, headers, body }) {
  const digest = digestOf(body);
  const manifest = { digest, body, type: headers['content-type'] };
  for (const reference of [name, digest]) manifests.set(`${repository} ${reference}`, manifest);
  return created(`/v2/${repository}/manifests/${digest}`, digest);
}

function giveManifest({ manifests }, { repository, name }) {
  const manifest = manifests.get(`${repository} ${name}`);
  if (!manifest) return unknown('MANIFEST_UNKNOWN');
  return { status: 200, headers: described(manifest.type, manifest.digest), body: manifest.body };
}

function described(type, digest) {
  return { 'Content-Type': type, 'Docker-Content-Digest': digest };
}

function created(Location, digest) {
  return { status: 201, headers: { Location, 'Docker-Content-Digest': digest } };
}

function unknown(code) {
  return refusal(404, code);
}

function refusal(status, code) {
  const body = JSON.stringify({ errors: [{ code, message: code }] });
  return { status, headers: { 'Content-Type': 'application/json' }, body };
}

function digestOf(bytes) {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
