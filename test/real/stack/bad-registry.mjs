import { createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `action` while a proxy stands at the registry's address, passes calls on to it, and spoils some of them:
 *   { status, paths }  calls whose path matches are answered with this status
 *   { bytes, every }   answers trickle: so many bytes every so many milliseconds
 */
export async function withBadRegistry(registry, fault, action) {
  await registry.stop();
  await registry.start('127.0.0.1');
  const server = createServer((call, answer) => pass(registry, fault, call, answer));
  await new Promise((resolve) => server.listen(registry.port, registry.host, resolve));
  try {
    await action();
  } finally {
    server.close();
    server.closeAllConnections();
    await registry.stop();
    await registry.start();
  }
}

function pass(registry, { status, paths, bytes, every }, call, answer) {
  if (status !== undefined && paths.test(call.url)) return refuse(answer, status);
  const { method, url: path, headers } = call;
  const inner = request({ host: '127.0.0.1', port: registry.port, method, path, headers }, (reply) => {
    answer.writeHead(reply.statusCode, reply.headers);
    if (bytes === undefined) reply.pipe(answer);
    else trickle(reply, answer, bytes, every).catch(() => answer.destroy());
  });
  inner.on('error', () => answer.destroy());
  answer.on('close', () => inner.destroy());
  call.pipe(inner);
}

/** As registries and the proxies before them do: JSON with an error, and on 401 a word on how to log in. */
function refuse(answer, status) {
  const headers = { 'Content-Type': 'application/json', 'Docker-Distribution-Api-Version': 'registry/2.0' };
  if (status === 401) headers['WWW-Authenticate'] = 'Basic realm="test"';
  const code = { 401: 'UNAUTHORIZED', 404: 'MANIFEST_UNKNOWN' }[status] ?? 'UNKNOWN';
  answer.writeHead(status, headers);
  answer.end(JSON.stringify({ errors: [{ code, message: `spoiled: ${status}` }] }));
}

async function trickle(reply, answer, bytes, every) {
  for await (const chunk of reply) {
    for (let at = 0; at < chunk.length; at += bytes) {
      answer.write(chunk.subarray(at, at + bytes));
      await sleep(every);
      if (answer.destroyed) return;
    }
  }
  answer.end();
}
