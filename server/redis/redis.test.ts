/** The link to Redis, and reads and writes over it, with servers that are killed, frozen and full. */

import ava, { type ExecutionContext } from 'ava';
import {
  hasRedis,
  type RunningRedis,
  startRedis,
  startRedisCluster,
  startRedisSentinel,
} from '../../test/harness/redis.ts';
import { freePort } from '../../test/harness/service.ts';
import { until } from '../../test/harness/until.ts';
import { redisAddressOf } from './address.ts';
import { type OpenRedis, openRedis } from './open.ts';

const test = hasRedis() ? ava : ava.skip;

/** A Redis that does not answer for so long has gone, not the machine stood still. */
const PATIENT_MS = 60_000;

interface Options {
  isThere?: boolean;
  /** With the service's own limits. */
  isHurried?: boolean;
}

/** The link to a Redis, with what it logged. */
async function open(
  t: ExecutionContext,
  url: string,
  { isThere = true, isHurried = false }: Options = {},
): Promise<OpenRedis & { lines: string[] }> {
  const address = redisAddressOf(url);
  if (address === null) throw new Error(`no address: ${url}`);
  const lines: string[] = [];
  const log = (...about: unknown[]): void => {
    const [first, second] = about;
    const { reason } =
      typeof first === 'object' && first !== null && 'reason' in first ? first : { reason: '' };
    lines.push(second === undefined ? String(first) : `${second}: ${reason}`);
  };
  const redis = await openRedis(address, { info: log, warn: log }, isHurried ? undefined : PATIENT_MS);
  t.teardown(() => redis.close());
  if (isThere) await until(() => redis.link.isUp);
  return { ...redis, lines };
}

async function server(t: ExecutionContext, options: Record<string, string> = {}): Promise<RunningRedis> {
  const redis = await startRedis(options);
  t.teardown(() => redis.stop());
  return redis;
}

const inAnHour = (): number => Date.now() + 3_600_000;

function put({ writes }: OpenRedis, key: string, value: string): void {
  writes.set(key, () => Buffer.from(value), value.length, inAnHour());
}

async function textOf({ reads }: OpenRedis, key: string): Promise<string | undefined> {
  return (await reads.get(key))?.toString();
}

test('what is asked for in one turn is one command, each key once', async (t) => {
  const redis = await server(t);
  const link = await open(t, redis.url);
  put(link, 'a', '1');
  put(link, 'b', '2');
  await until(() => link.writes.counts.written === 2);
  const values = await Promise.all(['a', 'b', 'c', 'a'].map((key) => link.reads.get(key)));
  t.deepEqual(
    values.map((value) => value?.toString()),
    ['1', '2', undefined, '1'],
  );
  t.deepEqual(link.reads.counts, { hits: 2, misses: 1, failures: 0 });
  const stats = await redis.look((client) => client.info('commandstats'));
  t.regex(stats, /cmdstat_mget:calls=1,/);
  link.writes.delete('a');
  await until(async () => (await textOf(link, 'a')) === undefined);
});

test('values end when they were said to', async (t) => {
  const redis = await server(t);
  const link = await open(t, redis.url);
  link.writes.set('past', () => Buffer.from('1'), 1, Date.now() - 1);
  put(link, 'hour', '1');
  await until(() => link.writes.counts.written >= 1);
  t.is(await textOf(link, 'past'), undefined);
  const left = await redis.look((client) => client.pttl('hour'));
  t.true(left > 3_500_000 && left <= 3_600_000, String(left));
});

test('killed: reads go on without waiting, told once; restarted, it is used again', async (t) => {
  const redis = await server(t);
  const link = await open(t, redis.url);
  put(link, 'a', '1');
  await until(async () => (await textOf(link, 'a')) === '1');
  await redis.kill();
  await until(() => !link.link.isUp);
  for (let i = 0; i < 100; i += 1) {
    t.is(link.reads.get('a'), undefined);
    put(link, 'a', '2');
  }
  await t.throwsAsync(link.link.check(), { message: /^Redis cannot be used: / });
  await redis.restart();
  await until(() => link.link.isUp);
  await t.notThrowsAsync(link.link.check());
  t.is(await textOf(link, 'a'), undefined, 'nothing was sent later');
  put(link, 'a', '3');
  await until(async () => (await textOf(link, 'a')) === '3');
  t.deepEqual(link.lines, [
    'Redis cannot be used; going on without it: the connection was closed',
    'Redis is back',
  ]);
});

test('frozen: a few reads wait their 50 ms, then none; thawed, it is used again', async (t) => {
  const redis = await server(t);
  const link = await open(t, redis.url, { isHurried: true });
  await until(async () => {
    put(link, 'a', '1');
    return (await textOf(link, 'a')) === '1';
  });
  await until(() => link.link.isUp);
  // The machine may have stood still before.
  link.lines.length = 0;
  redis.freeze();
  let waited = 0;
  for (; link.link.isUp; waited += 1) await link.reads.get('a');
  t.true(waited <= 4, `${waited} waited`);
  t.is(link.reads.get('a'), undefined);
  await t.throwsAsync(link.link.check(), { message: /^Redis cannot be used: / });
  // The connection on which it owes answers is given up.
  await until(() => link.link.client.status !== 'ready');
  redis.thaw();
  await until(async () => (await textOf(link, 'a')) === '1');
  const [gone = '', back] = link.lines;
  t.regex(gone, /^Redis cannot be used; going on without it: /);
  t.is(back, 'Redis is back');
});

test('away at the start: the service starts, and uses it when it comes', async (t) => {
  const port = await freePort();
  const link = await open(t, `redis://127.0.0.1:${port}`, { isThere: false });
  t.false(link.link.isUp);
  t.is(link.reads.get('a'), undefined);
  t.regex(link.lines.join('\n'), /^Redis cannot be used; going on without it: connect ECONNREFUSED/);
  const redis = await startRedis({ port: String(port) });
  t.teardown(() => redis.stop());
  await until(() => link.link.isUp);
});

for (const [reason, url, line] of [
  ['a wrong password', 'redis://:wrong@', /WRONGPASS/],
  ['no password', 'redis://', /NOAUTH/],
] as const) {
  test(`${reason}: said once, in the log and in /health`, async (t) => {
    const redis = await server(t, { requirepass: 'right' });
    const link = await open(t, `${url}127.0.0.1:${redis.port}`, { isThere: false });
    t.false(link.link.isUp);
    const refusals = async (): Promise<number> => {
      const stats = await redis.look((client) => client.info('errorstats'));
      return Number(/errorstat_(?:WRONGPASS|NOAUTH):count=(\d+)/.exec(stats)?.[1] ?? 0);
    };
    await until(async () => (await refusals()) >= 3, 'for it to be refused again and again');
    t.is(link.lines.length, 1, link.lines.join('\n'));
    t.regex(link.lines[0] ?? '', line);
    await t.throwsAsync(link.link.check(), { message: /^Redis cannot be used: / });
  });
}

test('its memory full: what it has is read, what it refuses is told once', async (t) => {
  const redis = await server(t);
  const link = await open(t, redis.url);
  put(link, 'a', '1');
  await until(() => link.writes.counts.written === 1);
  await redis.look((client) => client.config('SET', 'maxmemory', '1'));
  for (const key of ['b', 'c', 'd']) {
    put(link, key, 'x'.repeat(1000));
    const before = link.writes.counts.failures;
    await until(() => link.writes.counts.failures > before);
  }
  t.is(await textOf(link, 'a'), '1');
  t.true(link.link.isUp);
  await t.throwsAsync(link.link.check(), { message: /^Redis answers but keeps nothing new: OOM / });
  await redis.look((client) => client.config('SET', 'maxmemory', '0'));
  put(link, 'b', '2');
  await until(() => link.writes.counts.written === 2);
  await t.notThrowsAsync(link.link.check());
  t.deepEqual(
    link.lines.map((line) => line.slice(0, 40)),
    ['Redis answers but keeps nothing new; going on'.slice(0, 40), 'Redis keeps what it is given again'],
  );
});

test('what waits to be written is bounded', async (t) => {
  const redis = await server(t);
  const link = await open(t, redis.url);
  const value = Buffer.alloc(100_000);
  for (let i = 0; i < 200; i += 1) link.writes.set(`k${i}`, () => value, value.length, inAnHour());
  const { dropped } = link.writes.counts;
  t.true(dropped > 100 && dropped < 130, `${dropped} dropped`);
  await until(() => link.writes.counts.written === 200 - dropped);
  put(link, 'after', '1');
  await until(async () => (await textOf(link, 'after')) === '1');
});

test('a cluster: keys of all nodes, and what is left of them when one is killed', async (t) => {
  const cluster = await startRedisCluster();
  t.teardown(() => cluster.stop());
  const link = await open(t, cluster.url);
  const keys = Array.from({ length: 60 }, (_, index) => `k${index}`);
  const found = async (): Promise<number> => {
    const values = await Promise.all(keys.map((key) => link.reads.get(key)));
    return values.filter((value) => value).length;
  };
  // Connections to the nodes are made when they are first needed; what comes meanwhile is left out.
  const isFilled = async (): Promise<boolean> => {
    for (const key of keys) put(link, key, key);
    return (await found()) === keys.length;
  };
  await until(isFilled);
  for (const { look } of cluster.servers) t.true((await look((client) => client.dbsize())) > 5);
  const [first] = cluster.servers;
  await first?.kill();
  // Nodes that stood still together need a moment to find each other again.
  await until(async () => {
    const count = await found();
    return count > 20 && count < keys.length;
  }, 'for what the two others have');
  await until(
    () =>
      link.link.check().then(
        () => true,
        () => false,
      ),
    'two of three nodes serve',
  );
  await first?.restart();
  await until(isFilled);
  await Promise.all(cluster.servers.map(({ kill }) => kill()));
  await until(async () => {
    await found();
    return !link.link.isUp;
  });
  await Promise.all(cluster.servers.map(({ restart }) => restart()));
});

test('Sentinel: after a failover the new master is used', async (t) => {
  const group = await startRedisSentinel();
  t.teardown(() => group.stop());
  const link = await open(t, group.url);
  put(link, 'a', '1');
  const [master, replica] = group.servers;
  await until(async () => (await replica?.look((client) => client.get('a'))) === '1');
  await master?.kill();
  await until(() => !link.link.isUp);
  await until(async () => (await textOf(link, 'a')) === '1');
  await until(async () => {
    put(link, 'b', '2');
    return (await textOf(link, 'b')) === '2';
  });
  t.deepEqual(
    link.lines.slice(0, 2).map((line) => line.replace(/[;:].*/, '')),
    ['Redis cannot be used', 'Redis is back'],
  );
});
