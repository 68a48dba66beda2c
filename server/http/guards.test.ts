/** Headers for browsers, CORS and the bound on what is under way, as requests meet them. */

import test from 'ava';
import express from 'express';
import { pageHeaders } from './headers.ts';
import { emptyRow, serve, serveApp } from './testing/app.ts';

const MAKES = '/api/vehicles/dropdown/makes';

test('every answer says what it is not for, also a refusal', async (t) => {
  const { ask } = await serveApp(t);
  for (const path of [MAKES, '/health/live', '/metrics', '/nowhere', '/api/vehicles/decode/x']) {
    const { headers } = await ask(path);
    t.is(headers.get('x-content-type-options'), 'nosniff', path);
    t.is(headers.get('content-security-policy'), "default-src 'none'; frame-ancestors 'none'", path);
    t.is(headers.get('strict-transport-security'), null, 'this is no https');
    t.is(headers.get('x-powered-by'), null);
  }
});

test('https is insisted on where a trusted proxy says that it is https', async (t) => {
  for (const [trustProxy, proto, expected] of [
    [1, 'https', 'max-age=31536000'],
    [1, 'http', null],
    [null, 'https', null],
    [['10.0.0.0/8'], 'https', null],
  ] as const) {
    const { ask } = await serveApp(t, { http: { trustProxy: trustProxy as number | string[] | null } });
    const { headers } = await ask(MAKES, { headers: { 'X-Forwarded-Proto': proto } });
    t.is(headers.get('strict-transport-security'), expected, `${trustProxy} ${proto}`);
  }
});

test('pages: own scripts and styles, and what they name beside them', async (t) => {
  const app = express();
  app.get('/', pageHeaders(), (_req, res) => void res.send('<p>'));
  app.get('/more', pageHeaders({ styleSrc: ["'unsafe-inline'"], workerSrc: ['blob:'] }), (_req, res) => {
    res.send('<p>');
  });
  const { ask } = await serve(t, app);
  const policyOf = async (path: string): Promise<string[]> =>
    ((await ask(path)).headers.get('content-security-policy') ?? '').split(';');
  const policy = await policyOf('/');
  for (const directive of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]) {
    t.true(policy.includes(directive), directive);
  }
  t.false(policy.join().includes('unsafe'));
  const more = await policyOf('/more');
  t.true(more.includes("style-src 'self' 'unsafe-inline'"));
  t.true(more.includes('worker-src blob:'));
  const { headers } = await ask('/');
  t.is(headers.get('x-content-type-options'), 'nosniff');
  t.is(headers.get('referrer-policy'), 'no-referrer', 'VINs stand in addresses');
});

const preflight = (origin: string, method: string): RequestInit => ({
  method: 'OPTIONS',
  headers: {
    Origin: origin,
    'Access-Control-Request-Method': method,
    'Access-Control-Request-Headers': 'authorization,content-type',
  },
});

test('CORS: nothing by default, OPTIONS says what a resource takes', async (t) => {
  const { ask } = await serveApp(t);
  for (const reply of [
    await ask(MAKES, { headers: { Origin: 'https://a.example' } }),
    await ask(MAKES, preflight('https://a.example', 'GET')),
  ]) {
    t.is(reply.headers.get('access-control-allow-origin'), null);
    t.is(reply.headers.get('vary'), null);
  }
  t.is((await ask(MAKES, { method: 'OPTIONS' })).headers.get('allow'), 'GET, HEAD, OPTIONS');
});

test('CORS for listed origins: they and no others, and caches keep them apart', async (t) => {
  const { ask } = await serveApp(t, { http: { corsOrigins: ['https://a.example', 'https://b.example'] } });
  for (const [origin, allowed] of [
    ['https://b.example', 'https://b.example'],
    ['https://c.example', null],
    ['https://a.example.evil', null],
  ] as const) {
    const reply = await ask(MAKES, { headers: { Origin: origin } });
    t.is(reply.headers.get('access-control-allow-origin'), allowed, origin);
    t.is(reply.headers.get('vary'), 'Origin');
    const before = await ask('/api/vehicles', preflight(origin, 'POST'));
    t.is(before.status, 204);
    t.is(before.headers.get('access-control-allow-origin'), allowed, origin);
  }
});

test('CORS for all: what a page may read, send and do, also when it is refused', async (t) => {
  const { ask } = await serveApp(t, {
    http: { corsOrigins: '*', rateLimit: { requests: 2, windowSeconds: 60 } },
  });
  const allowed = await ask('/api/vehicles/x', preflight('https://any.example', 'DELETE'));
  t.is(allowed.headers.get('access-control-allow-origin'), '*');
  t.regex(allowed.headers.get('access-control-allow-methods') ?? '', /DELETE/);
  t.regex(allowed.headers.get('access-control-allow-headers') ?? '', /Authorization/);
  t.is(allowed.headers.get('access-control-max-age'), '7200');
  t.is(allowed.headers.get('ratelimit'), null, 'a preflight is not the client asking');
  const plain = await ask(MAKES, { method: 'OPTIONS', headers: { Origin: 'https://any.example' } });
  t.is(plain.headers.get('allow'), 'GET, HEAD, OPTIONS');
  await ask(MAKES);
  const refused = await ask(MAKES, { headers: { Origin: 'https://any.example' } });
  t.is(refused.status, 429);
  t.is(refused.headers.get('access-control-allow-origin'), '*');
  const exposed = refused.headers.get('access-control-expose-headers') ?? '';
  for (const name of ['ETag', 'X-Cache', 'X-Data-Version', 'Retry-After', 'X-Request-Id', 'RateLimit']) {
    t.true(exposed.split(',').includes(name), name);
  }
});

/** Requests that wait until they are let go. */
function gate() {
  const open = Promise.withResolvers<void>();
  let waiting = 0;
  return {
    open: open.resolve,
    query: async () => {
      waiting += 1;
      await open.promise;
      return { rows: [emptyRow] };
    },
    /** Resolves when so many wait. */
    holds: async (count: number) => {
      while (waiting < count) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('so many requests under way and no more; the others are told at once, and operators are not', async (t) => {
  const { query, open, holds } = gate();
  const { ask, lines } = await serveApp(t, { query, http: { maxRequests: 3 } });
  const held = ['/makes', '/years', '/trims'].map((path) => ask(`/api/vehicles/dropdown${path}`));
  await holds(3);
  const refused = await ask('/api/vehicles/dropdown/engines');
  t.is(refused.status, 503);
  t.is(refused.headers.get('retry-after'), '1');
  t.like(await refused.json(), { error: 'overloaded', status: 503 });
  t.is(
    lines.filter((line) => line.includes('engines')).length,
    1,
    'its line of the access log, nothing more',
  );
  t.is((await ask('/health/live')).status, 200);
  const metrics = await (await ask('/metrics')).text();
  t.regex(metrics, /^mvp_platform_http_requests_shed_total 1$/m);
  t.regex(metrics, /^mvp_platform_http_requests_in_flight 4$/m);
  open();
  for (const reply of await Promise.all(held)) t.is(reply.status, 200);
  t.is((await ask('/api/vehicles/dropdown/engines')).status, 200);
});

test('streams take a quarter of the places', async (t) => {
  const { query, open, holds } = gate();
  const { ask } = await serveApp(t, { query, http: { maxRequests: 8 } });
  const stream = (): Promise<Response> =>
    ask('/api/vehicles/decode', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: '1HGCM82633A004352\n',
    });
  const held = [stream(), stream()];
  await holds(2);
  const refused = await stream();
  t.is(refused.status, 503);
  t.like(await refused.json(), { error: 'overloaded' });
  const other = ask(MAKES);
  open();
  t.is((await other).status, 200);
  for (const reply of await Promise.all(held)) t.is(reply.status, 200);
  t.is((await stream()).status, 200);
});
