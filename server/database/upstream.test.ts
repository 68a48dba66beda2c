// needs: fixture
import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { until } from '../../test/e2e/garage.ts';
import { type Cable, layCable } from '../../test/harness/cable.ts';
import { ownDatabase, testServers } from '../../test/harness/databases.ts';
import { Problem } from '../problem.ts';
import { RetriedReads } from './reads.ts';
import { Upstream, type UpstreamOptions } from './upstream.ts';

const dataVersion = { name: 'data_version', text: 'select api.data_version() as version' };

const sleepSql = (seconds: number): pg.QueryConfig => ({ text: 'select pg_sleep($1)', values: [seconds] });

const [newest] = testServers();

/** A server at the end of a cable, with what it told. */
async function open(t: ExecutionContext, options: Partial<UpstreamOptions> = {}) {
  if (newest === undefined) throw new Error('there is no server');
  const own = await ownDatabase(newest, 'fixture');
  const cable: Cable = await layCable(own.url);
  const told: string[] = [];
  const upstream = new Upstream({
    url: cable.url,
    role: 'mvp_platform_user',
    applicationName: 'upstream test',
    sign: dataVersion,
    onAway: () => told.push('away'),
    logger: {
      info: (_about: unknown, line?: string) => told.push(line ?? ''),
      warn: (_about: unknown, line?: string) => told.push(line ?? ''),
    },
    ...options,
  });
  const once = upstream.pool({ max: 4 });
  t.teardown(async () => {
    await upstream.close();
    await cable.close();
    await own.drop();
  });
  /** How a question ends, and after how many milliseconds. */
  const outcome = async (statement: pg.QueryConfig = dataVersion): Promise<[string, number]> => {
    const begun = performance.now();
    const how = await once.query(statement).then(
      () => 'answered',
      (error: unknown) => (error instanceof Problem ? 'refused' : 'failed'),
    );
    return [how, performance.now() - begun];
  };
  return { url: own.url, cable, upstream, once, reads: new RetriedReads(once), told, outcome };
}

test.serial(
  'five refusals in a row open it; then nobody waits; one attempt finds out that the server is back',
  async (t) => {
    const { cable, upstream, told, outcome } = await open(t);
    t.is((await outcome())[0], 'answered');
    await cable.cut();
    for (let failure = 1; failure <= 5; failure += 1) t.is((await outcome())[0], 'failed', String(failure));
    t.false(upstream.isUp);
    const [how, ms] = await outcome();
    t.is(how, 'refused');
    t.true(ms < 50, `${ms} ms`);
    t.like(upstream.status, { state: 'open', openings: 1, refusals: 1, underWay: 0 });
    await cable.mend();
    const begun = performance.now();
    await until(async () => (await outcome())[0] === 'answered');
    t.true(performance.now() - begun < 2_000);
    t.like(upstream.status, { state: 'closed', openings: 1 });
    t.deepEqual(
      told.filter((line) => line !== 'an idle database connection broke'),
      ['the database is away; it is asked again now and then', 'away', 'the database is back'],
    );
  },
);

test.serial('who finds out that the server is back keeps nobody waiting by a slow question', async (t) => {
  const { cable, upstream, outcome } = await open(t);
  await cable.cut();
  while (upstream.isUp) await outcome();
  await cable.mend();
  let slow = 0;
  await until(async () => {
    void outcome(sleepSql(5)).then(([how]) => {
      if (how === 'answered') slow += 1;
    });
    // Refusals take no turn of the event loop, and an answer needs some.
    await new Promise((resolve) => setImmediate(resolve));
    return (await outcome())[0] === 'answered';
  });
  t.is(slow, 0, 'the slow one that was let through first is still under way');
});

test.serial('what the client is to blame for is no failure', async (t) => {
  const { upstream, outcome } = await open(t);
  for (let count = 0; count < 8; count += 1)
    t.is((await outcome({ text: "select * from api.models('no such make')" }))[0], 'failed');
  t.like(upstream.status, { state: 'closed', failures: 0 });
});

test.serial('silence is noticed while somebody waits, by all who wait; and its end', async (t) => {
  const { cable, upstream, outcome } = await open(t);
  t.is((await outcome())[0], 'answered');
  cable.silence();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome()));
  for (const [how, ms] of outcomes) {
    t.not(how, 'answered');
    // Far from the connections' own limit of five seconds, also on a machine with much to do.
    t.true(ms > 400 && ms < 2_500, `${ms} ms`);
  }
  t.like(upstream.status, { state: 'open', openings: 1 });
  t.is((await outcome())[0], 'refused');
  cable.resume();
  await until(async () => (await outcome())[0] === 'answered');
  t.true(upstream.isUp);
});

test.serial('a slow statement is no silence', async (t) => {
  const { upstream, outcome } = await open(t);
  t.is((await outcome(sleepSql(1.5)))[0], 'answered');
  t.like(upstream.status, { state: 'closed', failures: 0 });
});

test.serial('a catalog that somebody has locked is no sign of life', async (t) => {
  const { outcome, upstream, url } = await open(t);
  const blocker = new pg.Client(url);
  await blocker.connect();
  t.teardown(() => blocker.end());
  await blocker.query('begin; lock table catalog.current_release in access exclusive mode');
  const [how, ms] = await outcome();
  t.is(how, 'failed');
  t.true(ms < 2_500, `${ms} ms`);
  await blocker.query('rollback');
  await until(async () => (await outcome())[0] === 'answered');
  t.true(upstream.isUp);
});

test.serial(
  'a read whose connection breaks is asked again; one that is to be asked once is not',
  async (t) => {
    const { reads, once, upstream, url } = await open(t);
    const admin = new pg.Client(url);
    await admin.connect();
    t.teardown(() => admin.end());
    /** Ends the connection on which this statement runs. */
    const killing = async (asked: Promise<unknown>): Promise<unknown> => {
      const kill = async (): Promise<boolean> => {
        const { rowCount } = await admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'upstream test' and state = 'active' and query like '%pg_sleep%'`,
        );
        return rowCount === 1;
      };
      const [answer] = await Promise.all([asked.catch((error: unknown) => error), until(kill)]);
      return answer;
    };
    t.true((await killing(once.query(sleepSql(0.2)))) instanceof Error);
    t.is(reads.retries, 0);
    t.false((await killing(reads.query(sleepSql(0.2)))) instanceof Error);
    t.is(reads.retries, 1);
    t.like(upstream.status, { state: 'closed', failures: 2 });
  },
);

test.serial('a read that nobody can answer is given up soon, however often it was tried', async (t) => {
  const { cable, reads } = await open(t);
  await cable.cut();
  const begun = performance.now();
  await t.throwsAsync(reads.query(dataVersion), { code: 'ECONNREFUSED' });
  t.true(performance.now() - begun < 1_000);
  // Fewer than three where the machine is slow: no try begins late.
  t.true(reads.retries >= 1 && reads.retries <= 3, String(reads.retries));
});

test.serial('before it is ready every question is refused', async (t) => {
  let isReady = false;
  const { outcome } = await open(t, { isReady: () => isReady });
  t.is((await outcome())[0], 'refused');
  isReady = true;
  t.is((await outcome())[0], 'answered');
});

test.serial('it can be closed while the server is silent and somebody waits', async (t) => {
  const { cable, upstream, outcome } = await open(t);
  t.is((await outcome())[0], 'answered');
  cable.silence();
  const asked = outcome();
  await upstream.close();
  t.is((await asked)[0], 'failed');
});
