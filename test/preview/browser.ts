import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const CLI = resolve('resources/gen-scripts.cjs');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** As Debian's package has it; root has to go without its sandbox. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: pathOf('chromium'),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

function pathOf(program: string): string {
  const folders = (process.env.PATH ?? '').split(':').map((folder) => join(folder, program));
  return folders.find((path) => existsSync(path)) ?? program;
}

/** `preview --serve` in a process of its own, as a user starts it. */
export class PreviewServer {
  readonly #child: ChildProcess;
  readonly address: Promise<string>;
  readonly ended: Promise<number | null>;

  constructor(cwd: string, env: Record<string, string>, argv: readonly string[] = []) {
    const { PATH = '' } = process.env;
    this.#child = spawn(process.execPath, [CLI, 'preview', '--serve', ...argv], {
      cwd,
      env: { PATH, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    this.ended = new Promise((done) => this.#child.on('close', done));
    this.address = new Promise((found, fail) => {
      this.#child.stderr?.setEncoding('utf8').on('data', (text) => {
        said += text;
        const [address] = /http:\S+/.exec(said) ?? [];
        if (address !== undefined) found(address);
      });
      void this.ended.then((code) => fail(new Error(`it ended with ${code}: ${said}`)));
    });
  }

  /** As Ctrl-C does. @returns the exit code */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGINT');
    return await this.ended;
  }
}

/** What a page said or asked for that it should not have. */
export interface Watched {
  readonly page: Page;
  readonly complaints: string[];
}

export interface Look {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly script?: boolean;
}

/** A page that notes every message of the console, and every request that leaves this machine. */
export async function openPage(
  browser: Browser,
  { width = 1440, scheme = 'light', script = true }: Look = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    javaScriptEnabled: script,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== '127.0.0.1') complaints.push(`request: ${request.url()}`);
  });
  return { page, complaints };
}

/** Ids and places of what axe finds wrong; it comes in past the page's own rules, as an extension of a browser would. */
export async function findBarriers(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: await readFile(AXE, 'utf8') });
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression:
      'axe.run().then(({violations}) => JSON.stringify(violations.map(({id, nodes}) => id + ": " + nodes.slice(0, 3).map(({target}) => target).join(" | "))))',
    awaitPromise: true,
  });
  await session.detach();
  if (exceptionDetails !== undefined)
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return JSON.parse(String(result.value));
}

/** Serves a folder as Jenkins serves what a build archived: its default policy. */
export async function serveAsJenkins(folder: string): Promise<{ address: string; server: Server }> {
  const types: Record<string, string> = { html: 'text/html', css: 'text/css', svg: 'image/svg+xml' };
  const server = createServer(async ({ url = '' }, response) => {
    const name = url === '/' ? 'index.html' : url.slice(1);
    const body = await readFile(join(folder, name)).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': types[name.split('.').at(-1) ?? ''] ?? 'text/plain',
      'Content-Security-Policy':
        "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';",
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
