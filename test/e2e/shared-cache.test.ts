/** Servers that share one Redis: what one was asked, the others have, and none serves what another has changed. */

// needs: fixture

import ava, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { redisAddressOf } from '../../server/redis/address.ts';
import { type OpenRedis, openRedis } from '../../server/redis/open.ts';
import { layCable } from '../harness/cable.ts';
import { ownDatabase, testServers } from '../harness/databases.ts';
import { hasRedis, type RunningRedis, startRedis } from '../harness/redis.ts';
import { compileRelease } from '../harness/releases.ts';
import { openGarageService, until, vehicleOf, vehiclesOf } from './garage.ts';
import { jsonOf, type OpenService, openService, problemOf } from './service.ts';

const test = hasRedis() ? ava.serial : ava.serial.skip;

/** A clean VIN whose answer is common to its descriptor, and another of that. */
const VIN = '1AAB1BC21LF000001';
const SIBLING = '1AAB1BC28LF000075';

const PATH = '/api/vehicles';

/** A machine that stands still for a moment is no Redis that is away. */
const PATIENT_MS = 60_000;

const [newest] = testServers();
if (newest === undefined) throw new Error('no server');
const server = newest;

async function redisOf(t: ExecutionContext): Promise<RunningRedis> {
  const redis = await startRedis();
  t.teardown(() => redis.stop());
  return redis;
}

/** A link that does not mind when the machine stands still for a moment: how long a read waits has tests of its own. */
async function linkTo(t: ExecutionContext, { url }: Pick<RunningRedis, 'url'>): Promise<OpenRedis> {
  const address = redisAddressOf(url);
  if (address === null) throw new Error('no address');
  const redis = await openRedis(address, { info: () => undefined, warn: () => undefined }, PATIENT_MS);
  t.teardown(() => redis.close());
  await until(() => redis.link.isUp);
  return redis;
}

const cacheOf = (reply: Response): string | null => reply.headers.get('x-cache');

/** Counts the statements that a service sends to the database for answers. */
function counting({ platform, bulk }: OpenService): { count: number } {
  const calls = { count: 0 };
  for (const pool of [platform, bulk]) {
    const query = pool.query.bind(pool);
    Object.assign(pool, {
      query: (...parameters: Parameters<typeof query>) => {
        const [statement] = parameters as unknown as [{ name?: string }];
        if (!/^(remember_vins|health|data_version)$/.test(statement.name ?? '')) calls.count += 1;
        return query(...parameters);
      },
    });
  }
  return calls;
}

/** Two services on a database of their own, one Redis, and a superuser's connection. */
async function pair(t: ExecutionContext) {
  const own = await ownDatabase(server, 'fixture');
  const redis = await redisOf(t);
  const cable = await layCable(own.url);
  const links = [await linkTo(t, redis), await linkTo(t, redis)] as const;
  const one = await openService(own.url, { redis: links[0] });
  const two = await openService(cable.url, { redis: links[1] });
  const admin = new pg.Client(own.url);
  await admin.connect();
  t.teardown(async () => {
    await Promise.all([one.close(), two.close(), admin.end()]);
    await cable.close();
    await own.drop();
  });
  for (const { ask } of [one, two]) {
    await until(async () => cacheOf(await ask(`${PATH}/dropdown/makes?year=1981`)) === 'HIT');
  }
  /** Until Redis has what was loaded. */
  const settled = async (): Promise<void> => {
    const known = links[0].writes.counts.written;
    await until(() => links[0].writes.counts.written > known);
  };
  return { one, two, redis, cable, admin, links, settled };
}

test('the second server answers from the first one’s work: one VIN, its siblings, lists of VINs, dropdowns', async (t) => {
  const { one, two, settled } = await pair(t);
  const calls = counting(two);
  for (const path of [
    `${PATH}/decode/${VIN}`,
    `${PATH}/dropdown/models/aster?year=2020`,
    `${PATH}/decode/${VIN}/explain`,
  ]) {
    const loading = settled();
    const loaded = await one.ask(path);
    t.is(cacheOf(loaded), 'MISS');
    await loading;
    const found = await two.ask(path);
    t.is(cacheOf(found), 'HIT', path);
    t.is(await found.text(), await loaded.text());
    for (const header of ['etag', 'content-length', 'content-type', 'x-data-version'])
      t.is(found.headers.get(header), loaded.headers.get(header));
  }
  const sibling = await two.ask(`${PATH}/decode/${SIBLING}`);
  t.is(cacheOf(sibling), 'HIT');
  t.is((await jsonOf(sibling)).vin, SIBLING);
  t.is(calls.count, 0);
});

test('a list of VINs: what memory misses is one question to Redis, the rest one to the database', async (t) => {
  const { one, two, redis, settled } = await pair(t);
  const vins = Array.from({ length: 20 }, (_, index) => ({ vin: VIN, modelYear: 1990 + index }));
  const post = (ask: OpenService['ask'], list: unknown[]): Promise<Response> =>
    ask(`${PATH}/decode`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ vins: list }),
    });
  const loading = settled();
  const first = await (await post(one.ask, vins)).text();
  await loading;
  await redis.look((client) => client.config('RESETSTAT'));
  const calls = counting(two);
  t.is(await (await post(two.ask, vins)).text(), first);
  t.is(calls.count, 0);
  t.is((await post(two.ask, [...vins, { vin: VIN, modelYear: 2015 }])).status, 200);
  t.is(calls.count, 1);
  const stats = await redis.look((client) => client.info('commandstats'));
  t.regex(stats, /cmdstat_mget:calls=2,/);
});

test('a publish moves both servers to new keys, and what one loads there the other has', async (t) => {
  const { one, two, admin, settled } = await pair(t);
  const path = `${PATH}/decode/${VIN}`;
  const loading = settled();
  await one.ask(path);
  await loading;
  t.is(cacheOf(await two.ask(path)), 'HIT');
  const next = await compileRelease(admin, 'second');
  await admin.query('select etl.publish($1)', [next]);
  const version = `second-r${next}`;
  for (const { ask } of [one, two]) {
    const moved = async (): Promise<boolean> =>
      (await ask(`${PATH}/dropdown/makes?year=1981`)).headers.get('x-data-version') === version;
    await until(moved);
  }
  const loadingAgain = settled();
  const loaded = await one.ask(path);
  t.is(cacheOf(loaded), 'MISS');
  t.is((await jsonOf(loaded)).dataVersion, version);
  await loadingAgain;
  const found = await two.ask(path);
  t.is(cacheOf(found), 'HIT');
  t.is(found.headers.get('x-data-version'), version);
});

test('the platform database away: a server serves as stale what another one was asked', async (t) => {
  const { one, two, cable, settled } = await pair(t);
  const path = `${PATH}/dropdown/models/aster`;
  const loading = settled();
  await one.ask(path);
  await loading;
  await cable.cut();
  await until(async () => cacheOf(await two.ask(`${PATH}/dropdown/makes?year=1981`)) === 'STALE');
  const stale = await two.ask(path);
  t.is(stale.status, 200);
  t.is(cacheOf(stale), 'STALE');
  await problemOf(t, await two.ask(`${PATH}/dropdown/years`), 503);
});

test('an unknown make costs one call, a text that is no VIN and a year that is none cost none', async (t) => {
  const { one, redis } = await pair(t);
  const before = await redis.look((client) => client.dbsize());
  const calls = counting(one);
  const documents = [];
  for (let i = 0; i < 3; i += 1) {
    const { requestId, ...document } = await problemOf(
      t,
      await one.ask(`${PATH}/dropdown/models/nosuch`),
      404,
    );
    t.truthy(requestId);
    documents.push(document);
  }
  t.is(calls.count, 1);
  t.deepEqual(documents[1], documents[0]);
  for (const path of [
    `${PATH}/decode/I`,
    `${PATH}/dropdown/makes?year=20`,
    `${PATH}/dropdown/makes?colour=red`,
  ])
    await problemOf(t, await one.ask(path), 400);
  t.is(calls.count, 1);
  t.is(await redis.look((client) => client.dbsize()), before, 'and nothing of it is in Redis');
});

test('Redis killed and back: requests go on, and /health says what is wrong with it', async (t) => {
  const { one, redis, links } = await pair(t);
  const health = async (): Promise<unknown> => (await one.ask('/health')).json();
  t.like(await health(), { dependencies: { redis: { status: 'up' } } });
  await redis.kill();
  for (let year = 1990; year < 2010; year += 1) {
    t.is((await one.ask(`${PATH}/decode/${VIN}?modelYear=${year}`)).status, 200);
  }
  t.is(cacheOf(await one.ask(`${PATH}/decode/${VIN}?modelYear=1990`)), 'HIT');
  await until(() => !links[0].link.isUp);
  const down = await health();
  t.like(down, {
    status: 'degraded',
    dependencies: { redis: { status: 'down' }, platformDatabase: { status: 'up' } },
  });
  t.regex(JSON.stringify(down), /"reason":"Redis cannot be used: /);
  t.is((await one.ask('/health/ready')).status, 200);
  await redis.restart();
  await until(() => links[0].link.isUp);
  t.like(await health(), { dependencies: { redis: { status: 'up' } } });
});

test('a user’s list: another server has it without the database, until it changes anywhere', async (t) => {
  const owns = await Promise.all([ownDatabase(server, 'fixture'), ownDatabase(server, 'app')]);
  const [platform, app] = owns;
  const redis = await redisOf(t);
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const options = { platform: platform.url, app: app.url, now };
  const services = [
    await openGarageService({ ...options, redis: await linkTo(t, redis) }),
    await openGarageService({ ...options, redis: await linkTo(t, redis) }),
  ] as const;
  t.teardown(async () => {
    await Promise.all(services.map(({ close }) => close()));
    await Promise.all(owns.map(({ drop }) => drop()));
  });
  const [one, two] = services;
  const listOn = async ({ as }: (typeof services)[number]): Promise<string> => {
    const reply = await as('alice', 'GET', PATH);
    return `${cacheOf(reply)} ${(await vehiclesOf(reply)).map(({ nickname }) => nickname)}`;
  };
  // Both have listened for longer than clocks may differ.
  ahead += 30_000;
  t.is(await listOn(one), 'MISS ');
  await until(async () => (await redis.look((client) => client.keys('*:lists:*'))).length > 0);
  t.is(await listOn(two), 'HIT ');

  const made = await vehicleOf(await two.as('alice', 'POST', PATH, { vin: VIN, nickname: '0' }));
  for (let round = 1; round <= 10; round += 1) {
    const [writer, reader] = round % 2 === 0 ? [one, two] : [two, one];
    t.is((await writer.as('alice', 'PUT', `${PATH}/${made.id}`, { nickname: String(round) })).status, 200);
    t.regex(await listOn(writer), new RegExp(` ${round}$`), 'who wrote it sees it');
    await until(async () => (await listOn(reader)).endsWith(` ${round}`));
    for (let i = 0; i < 5; i += 1)
      for (const service of services)
        t.regex(await listOn(service), new RegExp(` ${round}$`), 'and never goes back');
  }
});
