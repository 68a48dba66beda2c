/** Compressed answers as clients get them. */

import { get, type IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import test from 'ava';
import { AnswerCache } from '../cache/answer-cache.ts';
import type { Release } from '../cache/release.ts';
import { MemoryStore } from '../cache/store.ts';
import { gzipped } from './encoding.ts';
import { emptyRow, serveApp } from './testing/app.ts';

const MAKES = '/api/vehicles/dropdown/makes';
const YEARS = '/api/vehicles/dropdown/years';
const long = JSON.stringify(Array.from({ length: 500 }, (_, id) => ({ id, name: `make ${id}` })));
const query = async ({ name }: { name: string }): Promise<unknown> => ({
  rows: [{ ...emptyRow, body: name === 'makes' ? long : '[2003]' }],
});

function newCache(): AnswerCache {
  const release: Release = {
    edition: { version: 'v1', year: 2026 },
    isConfirmed: true,
    saw: () => undefined,
  };
  return new AnswerCache(new MemoryStore(1_000_000), release);
}

interface Reply {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** Without the decoding, and the Accept-Encoding, that fetch adds. */
function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    get(url, { method, headers }, async (reply) => {
      const chunks: Buffer[] = [];
      for await (const chunk of reply) chunks.push(Buffer.from(chunk));
      resolve({ status: reply.statusCode, headers: reply.headers, body: Buffer.concat(chunks) });
    }).on('error', reject);
  });
}

test('a long answer: as the client takes it, each way with an ETag of its own', async (t) => {
  const { base } = await serveApp(t, { query, cache: newCache() });
  const etags = new Set<string>();
  for (const [accepts, encoding, decode] of [
    [undefined, undefined, (body: Buffer) => body],
    ['identity', undefined, (body: Buffer) => body],
    ['deflate', undefined, (body: Buffer) => body],
    ['gzip', 'gzip', gunzipSync],
    ['gzip, deflate, br, zstd', 'gzip', gunzipSync],
    ['br', undefined, (body: Buffer) => body],
    ['*', 'gzip', gunzipSync],
    ['br;q=0, GZIP', 'gzip', gunzipSync],
    ['gzip;q=0', undefined, (body: Buffer) => body],
  ] as const) {
    const headers = accepts === undefined ? {} : { 'Accept-Encoding': accepts };
    const reply = await ask(base + MAKES, headers);
    t.is(reply.status, 200);
    t.is(reply.headers['content-encoding'], encoding, accepts);
    t.is(reply.headers.vary, 'Accept-Encoding');
    t.is(reply.headers['content-length'], String(reply.body.length));
    t.is(decode(reply.body).toString(), long);
    if (encoding !== undefined) t.true(reply.body.length < long.length / 3);
    const etag = reply.headers.etag ?? '';
    etags.add(etag);

    const again = await ask(base + MAKES, { ...headers, 'If-None-Match': etag });
    t.is(again.status, 304);
    t.is(again.headers.etag, etag);
    t.is(again.headers.vary, 'Accept-Encoding');
    t.is(again.headers['content-encoding'], undefined);
    t.is(again.body.length, 0);

    const head = await ask(base + MAKES, headers, 'HEAD');
    t.is(head.headers['content-length'], reply.headers['content-length']);
    t.is(head.headers['content-encoding'], encoding);
    t.is(head.headers.etag, etag);
    t.is(head.body.length, 0);
  }
  t.is(etags.size, 2);
});

test('an ETag of one way is none of another', async (t) => {
  const { base } = await serveApp(t, { query, cache: newCache() });
  const { headers } = await ask(base + MAKES, { 'Accept-Encoding': 'gzip' });
  t.is((await ask(base + MAKES, { 'If-None-Match': headers.etag ?? '' })).status, 200);
});

test('a short answer, a stream and a refusal come as they are', async (t) => {
  const { base, ask: fetched } = await serveApp(t, { query });
  const short = await ask(base + YEARS, { 'Accept-Encoding': 'gzip' });
  t.is(short.headers['content-encoding'], undefined);
  t.is(short.headers.vary, undefined);
  t.is(short.body.toString(), '[2003]');
  const stream = await fetched('/api/vehicles/decode', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson', 'Accept-Encoding': 'gzip' },
    body: 'x\n'.repeat(5_000),
  });
  t.is(stream.headers.get('content-encoding'), null);
  t.is((await ask(`${base}/nowhere`, { 'Accept-Encoding': 'gzip' })).headers['content-encoding'], undefined);
});

test('what is compressed is compressed once, for all who ask', async (t) => {
  const body = Buffer.from(long);
  const [one, other] = await Promise.all([gzipped(body), gzipped(body)]);
  t.is(one, other);
  t.is(await gzipped(body), one);
});
