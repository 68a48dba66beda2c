/** Users' lists of several servers with one Redis behind them: which are believed. */

import ava, { type ExecutionContext } from 'ava';
import { hasRedis, type RunningRedis, startRedis } from '../../test/harness/redis.ts';
import { until } from '../../test/harness/until.ts';
import { unavailable } from '../problem.ts';
import { redisAddressOf } from '../redis/address.ts';
import { type OpenRedis, openRedis } from '../redis/open.ts';
import { SharedLists } from './shared-lists.ts';
import { digestOf, LIFETIME_MS, MemoryListStore, UserLists } from './user-lists.ts';

const test = hasRedis() ? ava : ava.skip;

/** Longer than clocks of servers may differ. */
const A_WHILE = 15_000;

/** A machine that stands still for a moment is no Redis that is away. */
const PATIENT_MS = 60_000;

interface Server {
  lists: UserLists;
  redis: OpenRedis;
  ask(user?: string): Promise<string>;
}

/** Servers with one database and one clock, which stands still unless it is moved. */
class Scene {
  now = 1_800_000_000_000;
  database = '[]';
  readonly redis: RunningRedis;
  readonly #t: ExecutionContext;

  constructor(t: ExecutionContext, redis: RunningRedis) {
    this.#t = t;
    this.redis = redis;
  }

  static async open(t: ExecutionContext): Promise<Scene> {
    const redis = await startRedis();
    t.teardown(() => redis.stop());
    // Values end by the scene's clock alone.
    return new Scene(t, redis);
  }

  /** A server that has listened for longer than any doubt. */
  async server(): Promise<Server> {
    const address = redisAddressOf(this.redis.url);
    if (address === null) throw new Error('no address');
    const redis = await openRedis(address, { info: () => undefined, warn: () => undefined }, PATIENT_MS);
    this.#t.teardown(() => redis.close());
    await until(() => redis.link.isUp);
    const { reads, writes } = redis;
    const clock = (): number => this.now;
    const shared = new SharedLists({ reads, writes, lifetime: LIFETIME_MS, now: clock });
    const lists = new UserLists(new MemoryListStore(100_000, { now: clock }), shared);
    lists.hear();
    return {
      lists,
      redis,
      ask: async (user = 'alice') => {
        const { body, cache } = await lists.list(user, async () => this.database);
        await until(() => cache !== 'MISS' || writes.counts.written > 0);
        return `${cache} ${body}`;
      },
    };
  }
}

test('a list that one server loaded is another’s too, for the rest of its five minutes', async (t) => {
  const scene = await Scene.open(t);
  const [one, two] = [await scene.server(), await scene.server()];
  scene.now += A_WHILE;
  t.is(await one.ask(), 'MISS []');
  scene.database = '[1]';
  t.is(await two.ask(), 'HIT []');
  t.is(await two.ask('bob'), 'MISS [1]');
  scene.now += LIFETIME_MS - 1;
  t.is(await two.ask(), 'HIT []');
  scene.now += 2;
  t.is(await two.ask(), 'MISS [1]');
});

test('no subject stands in a key', async (t) => {
  const scene = await Scene.open(t);
  await (await scene.server()).ask();
  t.deepEqual(await scene.redis.look((client) => client.keys('*')), [
    `mvp-platform:vehicles:lists:${digestOf('alice')}`,
  ]);
});

test('a change that was heard of: a list from before it is not believed, one from well after it is', async (t) => {
  const scene = await Scene.open(t);
  const [one, two] = [await scene.server(), await scene.server()];
  scene.now += A_WHILE;
  t.is(await one.ask(), 'MISS []');
  scene.database = '[1]';
  two.lists.forgetDigest(digestOf('alice'));
  t.is(await two.ask(), 'MISS [1]');
  scene.now += A_WHILE;
  one.lists.forgetDigest(digestOf('alice'));
  scene.now += A_WHILE;
  t.is(await one.ask(), 'MISS [1]', 'two loaded it before one heard of a change');
  const three = await scene.server();
  scene.now += A_WHILE;
  t.is(await three.ask(), 'MISS [1]', 'it may have changed before it began to hear');
});

test('a list that Redis takes only after a change is not believed', async (t) => {
  const scene = await Scene.open(t);
  const [one, two] = [await scene.server(), await scene.server()];
  scene.now += A_WHILE;
  const slow = Promise.withResolvers<string>();
  const begun = Promise.withResolvers<void>();
  const loading = one.lists.list('alice', () => {
    begun.resolve();
    return slow.promise;
  });
  await begun.promise;
  scene.now += 1000;
  scene.database = '[1]';
  two.lists.forgetDigest(digestOf('alice'));
  // This server has not heard of it yet: it was stopped, say, and comes to only now.
  scene.now += 60_000;
  slow.resolve('[]');
  t.is((await loading).body, '[]');
  await until(() => one.redis.writes.counts.written > 0);
  t.is(await two.ask(), 'MISS [1]');
});

test('a clock that is wrong: a list from the future is not believed', async (t) => {
  const scene = await Scene.open(t);
  const one = await scene.server();
  scene.now += 60_000;
  t.is(await one.ask(), 'MISS []');
  scene.now -= 40_000;
  const two = await scene.server();
  scene.now += A_WHILE;
  scene.database = '[1]';
  t.is(await two.ask(), 'MISS [1]');
});

test('a write here takes it out of Redis; unheard changes leave nothing that is believed', async (t) => {
  const scene = await Scene.open(t);
  const one = await scene.server();
  scene.now += A_WHILE;
  await one.ask();
  one.lists.forget('alice');
  await until(async () => (await scene.redis.look((client) => client.dbsize())) === 0);
  scene.now += A_WHILE;
  t.is(await one.ask(), 'MISS []');
  one.lists.mishear();
  scene.now += A_WHILE;
  scene.database = '[1]';
  one.lists.hear();
  t.is(await one.ask(), 'MISS [1]');
});

test('the database away: what another server loaded is served as stale, what was written to is not', async (t) => {
  const scene = await Scene.open(t);
  const [one, two] = [await scene.server(), await scene.server()];
  scene.now += A_WHILE;
  for (const user of ['alice', 'bob']) await one.ask(user);
  await until(() => one.redis.writes.counts.written === 2);
  two.lists.mishear();
  const away = (): Promise<never> => Promise.reject(unavailable('away', 5));
  t.deepEqual(await two.lists.list('alice', away), { body: '[]', cache: 'STALE' });
  two.lists.forget('bob');
  await t.throwsAsync(two.lists.list('bob', away), { message: 'away' });
});

test('a list that is damaged is loaded', async (t) => {
  const scene = await Scene.open(t);
  const one = await scene.server();
  scene.now += A_WHILE;
  await scene.redis.look((client) => client.set(`mvp-platform:vehicles:lists:${digestOf('alice')}`, '[9]'));
  t.is(await one.ask(), 'MISS []');
});
