import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../problems/problem.js';
import { type Answer, refuse } from './answer.js';
import { admit, LOOPBACK, makeToken } from './guard.js';
import type { Routes } from './routes.js';

/** A page that is being served. */
export interface Served {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves the page on this machine only.
 * @param port 0 for any that is free
 * @param tell hears of what went wrong with a request
 * @throws UserError when the port is taken
 */
export async function serve(routes: Routes, port: number, tell: (error: unknown) => void): Promise<Served> {
  const token = makeToken();
  const server = createServer((request, response) => {
    const { port: own } = server.address() as AddressInfo;
    respond(request, routes, token, own)
      .catch((error: unknown) => {
        tell(error);
        return refuse(500);
      })
      .then((answer) => send(answer, request, response));
  });
  await listen(server, port);
  const address = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/${token}/`;
  return { address, close: () => close(server) };
}

async function respond(
  request: IncomingMessage,
  routes: Routes,
  token: string,
  port: number,
): Promise<Answer> {
  const { method = '', url = '', headers } = request;
  const { host, origin } = headers;
  const admitted = admit({ method, url, host, origin, site: one(headers['sec-fetch-site']) }, token, port);
  if ('status' in admitted) return refuse(admitted.status);
  const fields = method === 'POST' ? await readFields(request) : new URLSearchParams();
  if (fields === undefined) return refuse(413);
  return routes.answer(method, admitted, fields, headers['accept-language']);
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(',') : header;
}

/** The form is a few short fields. */
const LONGEST_BODY = 64_000;

async function readFields(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > LONGEST_BODY) return undefined;
  }
  return new URLSearchParams(text);
}

function send(
  { status, headers, body }: Answer,
  { method }: IncomingMessage,
  response: ServerResponse,
): void {
  response.writeHead(status, headers);
  response.end(method === 'HEAD' || status === 204 ? undefined : body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const detail = error.code === 'EADDRINUSE' ? 'something else listens there' : (error.code ?? '');
      reject(new UserError([{ code: 'GS250', source: '--port', value: String(port), detail }]));
    });
    server.listen({ host: LOOPBACK, port, exclusive: true }, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
