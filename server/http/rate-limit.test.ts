/** The rate limit through HTTP, in one process and over two with a real Redis that is killed and frozen. */

import test, { type ExecutionContext } from 'ava';
import { pino } from 'pino';
import { hasRedis, type RunningRedis, startRedis } from '../../test/harness/redis.ts';
import { until } from '../../test/harness/until.ts';
import { type RedisAddress, redisAddressOf } from '../redis/address.ts';
import { createRedisClient } from '../redis/client.ts';
import { ClientLimiter } from './rate-limit.ts';
import { serveApp } from './testing/app.ts';

const MAKES = '/api/vehicles/dropdown/makes';
const VIN = '1HGCM82633A004352';
const limit = (requests: number, windowSeconds = 60) => ({ rateLimit: { requests, windowSeconds } });
const from = (address: string): RequestInit => ({ headers: { 'X-Forwarded-For': address } });

test('without a limit there are no headers about it', async (t) => {
  const { ask } = await serveApp(t);
  const { headers } = await ask(MAKES);
  t.is(headers.get('ratelimit'), null);
  t.is(headers.get('ratelimit-policy'), null);
});

test('so many requests in a window, then 429; what operators ask is not counted', async (t) => {
  const { ask } = await serveApp(t, { http: limit(3, 3_600) });
  for (const left of [2, 1, 0]) {
    const reply = await ask(MAKES);
    t.is(reply.status, 200);
    t.is(reply.headers.get('ratelimit-policy'), '"client";q=3;w=3600');
    t.regex(reply.headers.get('ratelimit') ?? '', new RegExp(`^"client";r=${left};t=3[56]\\d\\d$`));
  }
  for (const path of [MAKES, '/nowhere', '/vpic/api/vehicles/GetAllMakes']) {
    const refused = await ask(path);
    t.is(refused.status, 429, path);
    t.regex(refused.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const seconds = Number(refused.headers.get('retry-after'));
    t.true(seconds > 3_500 && seconds <= 3_600);
    t.is(refused.headers.get('ratelimit'), `"client";r=0;t=${seconds}`);
    t.like(await refused.json(), { error: 'too-many-requests', status: 429 });
  }
  for (const path of ['/health/live', '/health', '/metrics']) t.is((await ask(path)).status, 200, path);
});

test('the next window is a new one', async (t) => {
  const { ask } = await serveApp(t, { http: limit(1, 1) });
  let reply = await ask(MAKES);
  t.is(reply.status, 200);
  const comesTo = (status: number): Promise<void> =>
    until(async () => {
      reply = await ask(MAKES);
      return reply.status === status;
    }, `for a ${status}`);
  // At once, unless the machine stood still and the next window has come already.
  await comesTo(429);
  t.is(reply.headers.get('retry-after'), '1');
  await comesTo(200);
});

test('clients are told apart by what trusted proxies say, and by nothing else', async (t) => {
  const behind = await serveApp(t, { http: { ...limit(1), trustProxy: 1 } });
  t.is((await behind.ask(MAKES, from('192.0.2.1'))).status, 200);
  t.is((await behind.ask(MAKES, from('192.0.2.2'))).status, 200);
  t.is((await behind.ask(MAKES, from('192.0.2.1'))).status, 429);
  t.is(
    (await behind.ask(MAKES, from('198.51.100.9, 192.0.2.2'))).status,
    429,
    'the last one is the proxy’s word',
  );
  t.is((await behind.ask(MAKES, from('2001:db8::1'))).status, 200);
  t.is((await behind.ask(MAKES, from('2001:db8::2'))).status, 429, 'the same network');
  t.is((await behind.ask(MAKES, from('2001:db8:0:1::2'))).status, 200);

  const open = await serveApp(t, { http: limit(1) });
  t.is((await open.ask(MAKES, from('192.0.2.1'))).status, 200);
  t.is((await open.ask(MAKES, from('192.0.2.2'))).status, 429, 'whoever connects is the client');
  const warnings = open.lines.filter((line) => line.includes('TRUST_PROXY'));
  t.is(warnings.length, 1, 'and the operator is told once');
});

const list = (count: number): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ vins: Array(count).fill(VIN) }),
});

/** The database's answer to a list of VINs. */
const decodes = async ({ values: [vins] }: { values: unknown[] }): Promise<unknown> => ({
  rows: [vins].flat().map(() => ({ body: '{}', own: '', is_common: false, version: 'v1' })),
});

test('a list counts by its VINs, one that is refused not at all, and one beyond the limit takes the whole window', async (t) => {
  const { ask } = await serveApp(t, { query: decodes, http: limit(10) });
  const left = (reply: Response): string => /r=(\d+)/.exec(reply.headers.get('ratelimit') ?? '')?.[1] ?? '';
  t.is(left(await ask('/api/vehicles/decode', list(4))), '6');
  const refused = await ask('/api/vehicles/decode', list(7));
  t.is(refused.status, 429);
  t.is(left(refused), '5', 'the request itself is counted');
  const batch = new URLSearchParams({ data: `${VIN};${VIN};${VIN}`, format: 'json' });
  t.is(left(await ask('/vpic/api/vehicles/DecodeVinValuesBatch', { method: 'POST', body: batch })), '2');
  t.is((await ask(MAKES)).status, 200);

  const other = await serveApp(t, { query: decodes, http: limit(10) });
  const long = await other.ask('/api/vehicles/decode', list(1000));
  t.is(long.status, 200);
  t.is(left(long), '0');
});

const stream = (lines: number): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/x-ndjson' },
  body: `${VIN}\n`.repeat(lines),
});

test('a stream is slowed down to the limit, and cut off where that would take too long', async (t) => {
  const slow = await serveApp(t, { query: decodes, http: limit(300, 1) });
  const begun = performance.now();
  const reply = await slow.ask('/api/vehicles/decode', stream(600));
  t.is((await reply.text()).trim().split('\n').length, 600);
  t.true(performance.now() - begun > 900, 'the second 250 lines wait for the second window');

  const never = await serveApp(t, { query: decodes, http: limit(300, 3600) });
  const { lines, error } = await readLines(`${never.base}/api/vehicles/decode`, stream(600));
  t.is(lines.length, 251);
  t.like(JSON.parse(lines.at(-1) ?? ''), { status: 429, error: 'too-many-requests' });
  t.truthy(error, 'nobody takes it for the whole');
});

async function readLines(url: string, init: RequestInit): Promise<{ lines: string[]; error: unknown }> {
  const reply = await fetch(url, init);
  let text = '';
  try {
    for await (const chunk of reply.body ?? []) text += Buffer.from(chunk).toString();
  } catch (error) {
    return { lines: text.trim().split('\n'), error };
  }
  return { lines: text.trim().split('\n'), error: null };
}

function addressOf(url: string): RedisAddress {
  const address = redisAddressOf(url);
  if (address === null) throw new Error(`no address of Redis: ${url}`);
  return address;
}

const withRedis = hasRedis() ? test : test.skip;

/** Long, so that a machine that stands still does not look like a Redis that does. */
const PATIENT_MS = 120_000;

async function limiters(t: ExecutionContext, redis: RunningRedis, count: number, patienceMs = PATIENT_MS) {
  const lines: string[] = [];
  const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line).msg) });
  const all = Array.from({ length: count }, () => {
    const client = createRedisClient(addressOf(redis.url), 'rate-limit test', PATIENT_MS);
    client.on('error', () => undefined);
    t.teardown(() => client.disconnect());
    const limiter = new ClientLimiter({
      limit: { requests: 4, windowSeconds: 3_600 },
      redis: client,
      logger,
      patienceMs,
    });
    return { client, limiter };
  });
  for (const { client } of all)
    if (client.status !== 'ready') await new Promise((done) => client.once('ready', done));
  t.teardown(() => redis.stop());
  return { all: all.map(({ limiter }) => limiter), lines, clients: all.map(({ client }) => client) };
}

withRedis('servers with a Redis count together', async (t) => {
  const redis = await startRedis();
  const { all } = await limiters(t, redis, 2);
  const [one, other] = all;
  for (const limiter of [one, other, one, other]) t.true((await limiter?.take('a'))?.isWithin);
  for (const limiter of [one, other]) t.like(await limiter?.take('a'), { isWithin: false, remaining: 0 });
  t.like(await one?.take('b'), { isWithin: true, remaining: 3 });
  t.false((await one?.take('b', 4))?.isWithin);
  t.like(await other?.take('b'), { isWithin: true, remaining: 2 }, 'what was refused does not count');
});

withRedis(
  'a Redis that is killed: each server counts for itself, at once, and together again afterwards',
  async (t) => {
    const redis = await startRedis();
    const { all, lines, clients } = await limiters(t, redis, 1);
    const [limiter] = all;
    for (let i = 0; i < 4; i += 1) await limiter?.take('a');
    t.false((await limiter?.take('a'))?.isWithin);
    await redis.kill();
    await until(() => clients[0]?.status !== 'ready');
    // Whoever waited for Redis now would do so for longer than this test may take.
    for (const isWithin of [true, true, true, true, false])
      t.is((await limiter?.take('a'))?.isWithin, isWithin);
    t.is(lines.filter((line) => line.startsWith('Redis does not answer')).length, 1);
    await redis.restart();
    // Until it is asked again: then it is empty.
    await until(async () => (await limiter?.take('a'))?.isWithin === true);
    t.is(lines.filter((line) => line.startsWith('Redis answers again')).length, 1);
  },
);

withRedis('a Redis that says nothing: one request a second waits for it, and not for long', async (t) => {
  const redis = await startRedis();
  const { all } = await limiters(t, redis, 1, 50);
  const [limiter] = all;
  /** Whether it waits for Redis: what this process counts by itself takes no turn of the event loop. */
  const waits = async (client: string): Promise<boolean> => {
    let isOver = false;
    const taking = limiter?.take(client).finally(() => {
      isOver = true;
    });
    await new Promise((done) => setImmediate(done));
    const isWaiting = !isOver;
    await taking;
    return isWaiting;
  };
  redis.freeze();
  const begun = performance.now();
  t.true(await waits('the first'));
  let waited = 0;
  for (let i = 0; i < 20; i += 1) if (await waits(`client ${i}`)) waited += 1;
  const seconds = (performance.now() - begun) / 1_000;
  redis.thaw();
  t.true(waited <= seconds, `${waited} waited within ${seconds} s of the first`);
});
