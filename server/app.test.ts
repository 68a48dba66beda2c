/** The app without a database: what is decided before one is asked, and what is told when it is away. */

import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import express, { type Express, type Request, type Response } from 'express';
import pg from 'pg';
import { pino } from 'pino';
import { until } from '../test/harness/until.ts';
import { type AppDependencies, createApp } from './app.ts';
import { AnswerCache } from './cache/answer-cache.ts';
import type { Release } from './cache/release.ts';
import { bytesOf, MemoryStore } from './cache/store.ts';
import { BODY_LIMIT, jsonBody } from './http/body.ts';
import { errorHandler } from './http/error-handler.ts';

const silent = pino({ level: 'silent' });

/** Serves the app until the test ends; gives its base URL. */
async function serve(t: ExecutionContext, app: Express): Promise<string> {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A pool whose server is not there. */
function awayPool(t: ExecutionContext): pg.Pool {
  const pool = new pg.Pool({ host: '127.0.0.1', port: 1, user: 'nobody', database: 'none' });
  t.teardown(() => pool.end());
  return pool;
}

/** An app without database whose log lines are collected. */
async function serveAway(t: ExecutionContext, dependencies: Partial<AppDependencies> = {}, level = 'info') {
  const lines: string[] = [];
  const logger = pino({ level }, { write: (line: string) => lines.push(line) });
  const app = createApp({ platform: awayPool(t), logger, ...dependencies });
  return { base: await serve(t, app), lines };
}

/** A pool of a server that answers every query so. */
function answeringPool(t: ExecutionContext, query: () => Promise<unknown>): pg.Pool {
  return Object.assign(awayPool(t), { query });
}

/** A cache that holds the trims of make "a:b" in 2003. */
function filledCache(isConfirmed: boolean): AnswerCache {
  const release: Release = { edition: { version: 'v:7', year: 2026 }, isConfirmed, saw: () => undefined };
  const store = new MemoryStore(10_000);
  const entry = { body: bytesOf('[1]'), digest: 'digest-of-it', version: 'v:7' };
  store.set('mvp-platform:vehicles:v%3A7:2026:trims:2003:a%3Ab:', entry, 60_000);
  return new AnswerCache(store, release);
}

const PROBLEM = /^application\/problem\+json/;

test('database away: 503 with Retry-After, and nothing about the database', async (t) => {
  const { base } = await serveAway(t);
  for (const path of [
    '/api/vehicles/decode/1HGCM82633A004352',
    '/api/vehicles/dropdown/makes',
    '/vpic/api/vehicles/DecodeVin/1HG',
    '/vpic/api/vehicles/GetAllMakes?format=xml',
    '/health/ready',
  ]) {
    const reply = await fetch(base + path);
    const body = await reply.text();
    t.is(reply.status, 503, path);
    t.regex(reply.headers.get('content-type') ?? '', PROBLEM);
    t.regex(reply.headers.get('retry-after') ?? '', /^[0-9]+$/);
    t.is(reply.headers.get('cache-control'), 'no-store');
    t.is(reply.headers.get('etag'), null);
    t.notRegex(body, /ECONN|127\.0\.0\.1|select| {4}at /);
  }
});

test('database away: a batch of VINs is a 503 too', async (t) => {
  const { base } = await serveAway(t);
  const reply = await fetch(`${base}/vpic/api/vehicles/DecodeVinValuesBatch`, {
    method: 'POST',
    body: new URLSearchParams({ data: '1HG', format: 'json' }),
  });
  t.is(reply.status, 503);
  t.regex(reply.headers.get('content-type') ?? '', PROBLEM);
});

test('database away: alive all the same, and a bad VIN is still told why', async (t) => {
  const { base } = await serveAway(t);
  t.is((await fetch(`${base}/health/live`)).status, 200);
  t.is((await fetch(`${base}/api/vehicles/decode/1HGCM82633A00435O`)).status, 400);
});

test('nothing published: 503 everywhere, with the reason', async (t) => {
  const platform = answeringPool(t, async () => ({ rows: [{ body: '[]', version: null }] }));
  const base = await serve(t, createApp({ platform, logger: silent }));
  for (const path of [
    '/health/ready',
    '/api/vehicles/dropdown/makes',
    '/vpic/api/vehicles/DecodeVin/1HG',
    '/vpic/api/vehicles/GetAllMakes?format=csv',
  ]) {
    const reply = await fetch(base + path);
    t.is(reply.status, 503, path);
    t.is(reply.headers.get('retry-after'), '30');
    t.regex(await reply.text(), /no vehicle data is published/);
  }
});

test('not ready when the database does not answer in time', async (t) => {
  const platform = answeringPool(t, () => new Promise<never>(() => undefined));
  const base = await serve(t, createApp({ platform, logger: silent }));
  // Without a limit of our own it would never come.
  const reply = await fetch(`${base}/health/ready`);
  t.is(reply.status, 503);
  t.regex(await reply.text(), /did not answer within/);
});

test('a fault of ours is a 500 that says nothing but the request id, which leads to the log', async (t) => {
  const platform = answeringPool(t, () => Promise.reject(new Error('secret of 1HGCM82633A004352')));
  const { base, lines } = await serveAway(t, { platform });
  const reply = await fetch(`${base}/api/vehicles/decode/1HGCM82633A004352`);
  const body = await reply.text();
  t.is(reply.status, 500);
  t.notRegex(body, /secret/);
  const { requestId } = JSON.parse(body) as { requestId: string };
  t.is(reply.headers.get('x-request-id'), requestId);
  const logged = lines.find((line) => line.includes('secret')) ?? '';
  t.true(logged.includes(requestId));
  t.notRegex(lines.join(''), /004352/);
});

test('database away: what is cached is served, and called stale; what is not is a 503', async (t) => {
  const { base } = await serveAway(t, { cache: filledCache(false) });
  const reply = await fetch(`${base}/api/vehicles/dropdown/trims?make=a:b&year=2003`);
  t.is(reply.status, 200);
  t.is(reply.headers.get('x-cache'), 'STALE');
  t.is(reply.headers.get('x-data-version'), 'v:7');
  t.is(reply.headers.get('etag'), '"digest-of-it"');
  t.is(await reply.text(), '[1]');
  t.is((await fetch(`${base}/api/vehicles/dropdown/trims?make=a&year=2003`)).status, 503);
});

test('X-Request-Id: an acceptable one is kept, another replaced', async (t) => {
  const { base } = await serveAway(t);
  const idOf = async (given: string) =>
    (await fetch(`${base}/health/live`, { headers: { 'X-Request-Id': given } })).headers.get('x-request-id');
  t.is(await idOf('trace-0123.ABC_d'), 'trace-0123.ABC_d');
  for (const given of ['short', 'a b c d e f g h', 'x'.repeat(200), '"},{"level":60']) {
    t.regex((await idOf(given)) ?? '', /^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  }
});

test('the log has one line a request, with no VIN in it', async (t) => {
  const { base, lines } = await serveAway(t);
  await (await fetch(`${base}/api/vehicles/decode/1HGCM82633A00435O?vin=1HGCM82633A004352`)).text();
  await (await fetch(`${base}/health/live`)).text();
  const requests = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
  t.is(requests.length, 2);
  t.like(requests[0], {
    method: 'GET',
    status: 400,
    url: '/api/vehicles/decode/1HGCM82633A******?vin=1HGCM82633A******',
  });
  t.is(typeof requests[0].durationMs, 'number');
});

test('what the cache answers is logged at level debug', async (t) => {
  for (const [level, count] of [
    ['info', 0],
    ['debug', 1],
  ] as const) {
    const { base, lines } = await serveAway(t, { cache: filledCache(true) }, level);
    const reply = await fetch(`${base}/api/vehicles/dropdown/trims?make=a:b&year=2003`);
    t.is(reply.headers.get('x-cache'), 'HIT');
    await reply.text();
    t.is(lines.length, count, level);
  }
});

test('the log tells a client that went away before its answer', async (t) => {
  const gone = Promise.withResolvers<{ rows: unknown[] }>();
  let asked = 0;
  const query = (): Promise<unknown> => {
    asked += 1;
    return gone.promise;
  };
  const { base, lines } = await serveAway(t, { platform: answeringPool(t, query) });
  const call = request(`${base}/api/vehicles/dropdown/makes`).on('error', () => undefined);
  call.end();
  const leaving = new AbortController();
  const reply = fetch(`${base}/api/vehicles/dropdown/years`, { signal: leaving.signal });
  await until(() => asked === 2);
  leaving.abort();
  await t.throwsAsync(reply);
  call.destroy();
  await until(() => lines.length === 2);
  gone.resolve({ rows: [{ body: '[]', version: 'v' }] });
  t.is(lines.filter((line) => JSON.parse(line).aborted === true).length, 2);
});

test('JSON bodies: parsed, or refused with the reason', async (t) => {
  const app = express();
  app.post('/', ...jsonBody, (req: Request, res: Response) => {
    res.json(req.body);
  });
  app.use(errorHandler(silent));
  const base = await serve(t, app);
  const post = async (type: string, body: string, headers: Record<string, string> = {}) => {
    const reply = await fetch(base, { method: 'POST', body, headers: { 'Content-Type': type, ...headers } });
    return { status: reply.status, type: reply.headers.get('content-type') ?? '', body: await reply.json() };
  };
  t.like(await post('application/json', '{"a":1}'), { status: 200, body: { a: 1 } });
  for (const [status, type, body, headers, reason] of [
    [400, 'application/json', '{"a":', {}, 'no JSON'],
    [400, 'application/json', '"text"', {}, 'neither object nor array'],
    [413, 'application/json', `["${'x'.repeat(BODY_LIMIT)}"]`, {}, 'too large'],
    [415, 'text/plain', '{}', {}, 'another type'],
    [415, 'application/json; charset=latin1', '{}', {}, 'another charset'],
    [415, 'application/json', '{}', { 'Content-Encoding': 'snappy' }, 'another encoding'],
  ] as const) {
    const reply = await post(type, body, headers);
    t.is(reply.status, status, reason);
    t.regex(reply.type, PROBLEM, reason);
  }
});
