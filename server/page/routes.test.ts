/** The page's files as they are served: compressed, cached, guarded and small. No database, no browser. */

import { once } from 'node:events';
import { createServer, get, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import test from 'ava';
import express from 'express';
import { pino } from 'pino';
import { errorHandler, unknownRoute } from '../http/error-handler.ts';
import { PAGES } from './pages.ts';
import { pageRoutes } from './routes.ts';

/** What one page may weigh, scripts and styles together, compressed. */
const BUDGET = 100_000;

const app = express().use(pageRoutes(), unknownRoute, errorHandler(pino({ level: 'silent' })));
const server = createServer(app);
let base = '';

test.before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

test.after.always(() => server.close());

interface Raw {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A reply as it comes over the line: fetch would unpack it. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Raw> {
  return new Promise((resolve, reject) => {
    get(base + path, { headers, method }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('end', () => {
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks) });
      });
    }).on('error', reject);
  });
}

/** The addresses of the files that a page names. */
async function filesOf(path: string): Promise<string[]> {
  const { body } = await ask(path);
  return [...body.toString().matchAll(/(?:href|src)="(\/page\/[^"]+)"/g)].map(([, address]) => address ?? '');
}

test('every page is HTML under a policy without inline script or style, and is asked for each time', async (t) => {
  for (const { path, title } of PAGES) {
    const { status, headers, body } = await ask(path);
    t.is(status, 200, path);
    t.is(headers['content-type'], 'text/html; charset=utf-8');
    t.is(headers['cache-control'], 'no-cache');
    const policy = headers['content-security-policy'] ?? '';
    t.regex(String(policy), /^default-src 'none';script-src 'self';style-src 'self';/);
    t.notRegex(String(policy), /unsafe|\*/);
    t.regex(String(policy), /;require-trusted-types-for 'script'/);
    t.is(headers['x-content-type-options'], 'nosniff');
    t.is(headers['referrer-policy'], 'no-referrer');
    const html = body.toString();
    t.true(html.includes(`<title>${title} · `));
    t.notRegex(
      html,
      /\{\{|<script(?![^>]* src=)|<style| style=| on[a-z]+=/,
      'nothing inline, nothing left to fill in',
    );
    t.is(html.match(/aria-current="page"/g)?.length, 1);
  }
});

test('every file that a page names or imports is there, for ever, in the encoding that is asked for', async (t) => {
  for (const { path } of PAGES) {
    const files = new Set(await filesOf(path));
    t.true(files.size > 5, path);
    for (const file of files) {
      const br = await ask(file, { 'accept-encoding': 'gzip, deflate, br, zstd' });
      const gzip = await ask(file, { 'accept-encoding': 'gzip' });
      const plain = await ask(file);
      t.deepEqual([br.status, gzip.status, plain.status], [200, 200, 200], file);
      t.deepEqual(
        [br, gzip, plain].map(({ headers }) => headers['content-encoding']),
        ['br', 'gzip', undefined],
      );
      t.deepEqual(brotliDecompressSync(br.body), plain.body);
      t.deepEqual(gunzipSync(gzip.body), plain.body);
      t.is(plain.headers['cache-control'], 'public, max-age=31536000, immutable');
      t.is(plain.headers.vary, 'Accept-Encoding');
      t.not(br.headers.etag, plain.headers.etag, 'another encoding is another representation');
      const text = plain.body.toString();
      for (const [, imported] of text.matchAll(/(?:from|import) '(\.[^']+)'/g)) {
        const address = new URL(imported ?? '', base + file).pathname;
        t.true(files.has(address), `${file} imports ${address}, which the page does not fetch beforehand`);
      }
      t.notRegex(text, /\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\()/);
    }
  }
});

test('a page is small: scripts and styles, compressed', async (t) => {
  for (const { path } of PAGES) {
    const files = [...new Set(await filesOf(path))];
    const sizes = await Promise.all(
      files.map(async (file) => (await ask(file, { 'accept-encoding': 'br' })).body.length),
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    t.log(`${path}: ${files.length} files, ${total} bytes`);
    t.true(total <= BUDGET, `${path}: ${total} bytes`);
  }
});

test('what a browser has already is not sent again', async (t) => {
  for (const path of ['/', (await filesOf('/'))[0] ?? '']) {
    const { headers } = await ask(path, { 'accept-encoding': 'br' });
    const etag = headers.etag ?? '';
    const again = await ask(path, { 'accept-encoding': 'br', 'if-none-match': etag });
    t.is(again.status, 304);
    t.is(again.body.length, 0);
    t.is(again.headers.etag, etag);
    t.is((await ask(path, { 'accept-encoding': 'gzip', 'if-none-match': etag })).status, 200);
    const head = await ask(path, { 'accept-encoding': 'br' }, 'HEAD');
    t.is(head.status, 200);
    t.is(head.body.length, 0);
  }
});

test('what is no file of this version is a 404 that no cache keeps', async (t) => {
  const digest = (await filesOf('/'))[0]?.split('/')[2] ?? '';
  for (const path of [
    '/page/old/page.css',
    `/page/${digest}/nothing.js`,
    `/page/${digest}/constructor`,
    `/page/${digest}/..%2f..%2fpackage.json`,
    `/page/${digest}/page/client/decode.ts`,
    `/page/${digest}/main.js`,
    '/page/',
    '/lists',
  ]) {
    const { status, headers } = await ask(path);
    t.is(status, 404, path);
    t.is(headers['cache-control'], 'no-store');
  }
  t.is((await ask('/', {}, 'POST')).status, 405);
  const icon = await ask('/favicon.ico');
  t.is(icon.status, 302);
  t.is((await ask(icon.headers.location ?? '')).headers['content-type'], 'image/svg+xml');
});
