/** Two servers' caches with one Redis behind them. */

import ava, { type ExecutionContext } from 'ava';
import { hasRedis, type RunningRedis, startRedis } from '../../test/harness/redis.ts';
import { until } from '../../test/harness/until.ts';
import { redisAddressOf } from '../redis/address.ts';
import { type OpenRedis, openRedis } from '../redis/open.ts';
import type { RedisReads } from '../redis/reads.ts';
import { AnswerCache, LIFETIME } from './answer-cache.ts';
import { SharedStore } from './shared-store.ts';
import { MemoryStore } from './store.ts';

const test = hasRedis() ? ava : ava.skip;

/** A machine that stands still for a moment is no Redis that is away. */
const PATIENT_MS = 60_000;

const KEY = 'mvp-platform:vehicles:v1:2026:makes:2003';

interface Server {
  cache: AnswerCache;
  redis: OpenRedis;
  reads: RedisReads;
  near: MemoryStore;
  release: { edition: { version: string; year: number }; isConfirmed: boolean; saw(): void };
  /** Waits until all that it was given is in Redis. */
  settled(): Promise<void>;
}

async function setUp(t: ExecutionContext): Promise<{
  redis: RunningRedis;
  server(options?: { build?: string; now?: () => number; isPatient?: boolean }): Promise<Server>;
}> {
  const redis = await startRedis();
  t.teardown(() => redis.stop());
  const address = redisAddressOf(redis.url);
  if (address === null) throw new Error('no address');
  return {
    redis,
    server: async ({ build = 'b1', isPatient = true, ...options } = {}) => {
      const logger = { info: () => undefined, warn: () => undefined };
      const link = await openRedis(address, logger, isPatient ? PATIENT_MS : undefined);
      t.teardown(() => link.close());
      await until(() => link.link.isUp);
      const near = new MemoryStore(1e6);
      const { reads } = link;
      const store = new SharedStore({ near, reads, writes: link.writes, build, ...options });
      const release = { edition: { version: 'v1', year: 2026 }, isConfirmed: true, saw: () => undefined };
      return {
        cache: new AnswerCache(store, release),
        redis: link,
        reads,
        near,
        release,
        settled: async () => {
          const { writes } = link;
          await until(() => writes.counts.written > 0);
        },
      };
    },
  };
}

const answerOf =
  (body: string, version = 'v1') =>
  async () => ({ body, version });
const never = () => Promise.reject(new Error('it is cached'));

test('what one server was asked, another has: the same bytes and validator, in its own memory from then on', async (t) => {
  const { redis, server } = await setUp(t);
  const [one, two] = [await server(), await server()];
  const loaded = await one.cache.answer('makes:2003', answerOf('[1]'), LIFETIME.dropdown);
  await one.settled();
  const found = await two.cache.answer('makes:2003', never, LIFETIME.dropdown);
  t.deepEqual(found, { ...loaded, cache: 'HIT' });
  t.truthy(two.near.get(KEY));
  await redis.kill();
  t.is((await two.cache.answer('makes:2003', never, LIFETIME.dropdown)).cache, 'HIT');
});

test('keys and lifetimes of the contract', async (t) => {
  const { redis, server } = await setUp(t);
  const one = await server();
  await one.cache.answer('makes:2003', answerOf('[1]'), LIFETIME.dropdown);
  await one.settled();
  t.deepEqual(await redis.look((client) => client.keys('*')), [KEY]);
  const left = await redis.look((client) => client.pttl(KEY));
  t.true(left > LIFETIME.dropdown - 60_000 && left <= LIFETIME.dropdown, String(left));
});

test('a hit in memory asks Redis nothing, and a promise comes only where it must', async (t) => {
  const { server } = await setUp(t);
  const one = await server();
  await one.cache.answer('makes:2003', answerOf('[1]'), LIFETIME.dropdown);
  const before = { ...one.reads.counts };
  for (let i = 0; i < 100; i += 1) t.false(one.cache.find('makes:2003') instanceof Promise);
  t.deepEqual(one.reads.counts, before);
  t.true(one.cache.find('makes:2004') instanceof Promise);
});

test('fifty who ask at once: one question to Redis, one load', async (t) => {
  const { server } = await setUp(t);
  const one = await server();
  let loads = 0;
  const load = async () => {
    loads += 1;
    return { body: '[1]', version: 'v1' };
  };
  await Promise.all(Array.from({ length: 50 }, () => one.cache.answer('q', load, 1000)));
  t.is(loads, 1);
  t.is(one.reads.counts.misses, 1);
});

test('an answer lives as long in another server’s memory as it was to live', async (t) => {
  let now = Date.now();
  const { server } = await setUp(t);
  const [one, two] = [await server(), await server({ now: () => now })];
  await one.cache.answer('q', answerOf('[1]'), 60_000);
  await one.settled();
  // Not from the start of the test: servers take a while to open.
  now = Date.now() + 61_000;
  t.is((await two.cache.answer('q', answerOf('[2]'), 60_000)).cache, 'MISS');
});

test('a publish asks under other keys; the database away, Redis answers as stale', async (t) => {
  const { server } = await setUp(t);
  const [one, two] = [await server(), await server()];
  await one.cache.answer('q', answerOf('old'), 60_000);
  await one.settled();
  two.release.edition = { version: 'v2', year: 2026 };
  t.is((await two.cache.answer('q', answerOf('new', 'v2'), 60_000)).cache, 'MISS');
  two.release.edition = { version: 'v1', year: 2026 };
  two.release.isConfirmed = false;
  const stale = await two.cache.answer('q', never, 60_000);
  t.is(stale.cache, 'STALE');
  t.is(stale.body.toString(), 'old');
});

for (const [what, value] of [
  ['nothing', ''],
  ['another’s text', '[{"id":1,"name":"ACURA"}]'],
  ['another format', '{"v":2}\n[1]'],
  ['bytes', '\u0000\u0001\u0002\n'],
] as const) {
  test(`${what} under a key is a miss, and replaced`, async (t) => {
    const { redis, server } = await setUp(t);
    const [one, two] = [await server(), await server()];
    await redis.look((client) => client.set(KEY, value));
    t.is((await one.cache.answer('makes:2003', answerOf('[1]'), 60_000)).cache, 'MISS');
    await one.settled();
    t.is((await two.cache.answer('makes:2003', never, 60_000)).cache, 'HIT');
  });
}

test('a value of another kind under a key is a miss', async (t) => {
  const { redis, server } = await setUp(t);
  const one = await server();
  await redis.look((client) => client.lpush(KEY, '1'));
  t.is((await one.cache.answer('makes:2003', answerOf('[1]'), 60_000)).cache, 'MISS');
});

test('another program’s answers are not served, whichever of them came first', async (t) => {
  const { server } = await setUp(t);
  const [one, two] = [await server(), await server({ build: 'b2' })];
  await one.cache.answer('q', answerOf('of b1'), 60_000);
  await one.settled();
  const served = await two.cache.answer('q', answerOf('of b2'), 60_000);
  t.is(served.cache, 'MISS');
  t.is(served.body.toString(), 'of b2');
});

test('Redis frozen: an answer is late by its time limit, then by nothing', async (t) => {
  const { redis, server } = await setUp(t);
  const one = await server({ isPatient: false });
  redis.freeze();
  for (let i = 0; i < 20; i += 1) {
    const served = await one.cache.answer(`q${i}`, answerOf('[1]'), 60_000);
    t.is(served.cache, 'MISS');
  }
  t.true(one.reads.counts.failures <= 4);
});
