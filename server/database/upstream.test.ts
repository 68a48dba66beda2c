// needs: fixture
import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { type Cable, layCable } from '../../test/harness/cable.ts';
import { ownDatabase, testServers } from '../../test/harness/databases.ts';
import { until } from '../../test/harness/until.ts';
import { Problem } from '../problem.ts';
import type { Queries } from './queries.ts';
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
  // Limits that no test takes, so that whoever is let go was let go by the heartbeat or by the breaker.
  const once = upstream.pool({ max: 4, connectTimeoutMs: 120_000, statementTimeoutMs: 120_000 });
  t.teardown(async () => {
    await upstream.close();
    await cable.close();
    await own.drop();
  });
  /** How a question ends. */
  const outcome = (statement: pg.QueryConfig = dataVersion): Promise<'answered' | 'refused' | 'failed'> =>
    once.query(statement).then(
      () => 'answered',
      (error: unknown) => (error instanceof Problem ? 'refused' : 'failed'),
    );
  return { url: own.url, cable, upstream, once, reads: new RetriedReads(once), told, outcome };
}

test.serial(
  'five refusals in a row open it; then nobody waits; one attempt finds out that the server is back',
  async (t) => {
    const { cable, upstream, told, outcome } = await open(t);
    t.is(await outcome(), 'answered');
    await cable.cut();
    for (let failure = 1; failure <= 5; failure += 1) t.is(await outcome(), 'failed', String(failure));
    t.false(upstream.isUp);
    // Not more than once, unless the machine stands still and it is time for the next attempt.
    await until(async () => {
      const turn = new Promise<string>((resolve) => setImmediate(() => resolve('waited')));
      return (await Promise.race([outcome(), turn])) === 'refused';
    }, 'for a refusal that takes no turn of the event loop');
    t.like(upstream.status, { openings: 1 });
    t.true(upstream.status.refusals >= 1);
    await cable.mend();
    await until(async () => (await outcome()) === 'answered');
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
    void outcome(sleepSql(100)).then((how) => {
      if (how === 'answered') slow += 1;
    });
    // Refusals take no turn of the event loop, and an answer needs some.
    await new Promise((resolve) => setImmediate(resolve));
    return (await outcome()) === 'answered';
  });
  t.is(slow, 0, 'the slow one that was let through first is still under way');
});

test.serial('what the client is to blame for is no failure', async (t) => {
  const { upstream, outcome } = await open(t);
  for (let count = 0; count < 8; count += 1)
    t.is(await outcome({ text: "select * from api.models('no such make')" }), 'failed');
  t.like(upstream.status, { state: 'closed', failures: 0 });
});

test.serial('silence is noticed while somebody waits, by all who wait; and its end', async (t) => {
  const { cable, upstream, outcome } = await open(t);
  t.is(await outcome(), 'answered');
  cable.silence();
  const begun = performance.now();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome()));
  t.true(performance.now() - begun > 400, 'not a server that only has much to do');
  t.false(outcomes.includes('answered'));
  t.like(upstream.status, { openings: 1 });
  await until(async () => (await outcome()) === 'refused');
  cable.resume();
  await until(async () => (await outcome()) === 'answered');
  t.true(upstream.isUp);
});

test.serial('a slow statement is no silence', async (t) => {
  const { upstream, outcome } = await open(t);
  t.is(await outcome(sleepSql(1.5)), 'answered');
  t.like(upstream.status, { state: 'closed', failures: 0 });
});

test.serial('a catalog that somebody has locked is no sign of life', async (t) => {
  const { once, outcome, upstream, url } = await open(t);
  const blocker = new pg.Client(url);
  await blocker.connect();
  t.teardown(() => blocker.end());
  await blocker.query('begin; lock table catalog.current_release in access exclusive mode');
  await t.throwsAsync(once.query(dataVersion), { code: 'ETIMEDOUT' }, 'and not by a limit of the statement');
  await blocker.query('rollback');
  await until(async () => (await outcome()) === 'answered');
  t.true(upstream.isUp);
});

test.serial(
  'a read whose connection breaks is asked again; one that is to be asked once is not',
  async (t) => {
    const { reads, once, upstream, url, outcome } = await open(t);
    t.is(await outcome(), 'answered');
    const admin = new pg.Client(url);
    await admin.connect();
    t.teardown(() => admin.end());
    /** Ends the connection on which this waits for a lock, and gives the lock to whoever asks after it. */
    const waiting = { text: 'select from pg_advisory_xact_lock(1) where $1', values: [true] };
    const killing = async (queries: Queries): Promise<unknown> => {
      await admin.query('select pg_advisory_lock(1)');
      const asked = queries.query(waiting).catch((error: unknown) => error);
      const kill = async (): Promise<boolean> => {
        const { rowCount } = await admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'upstream test' and state = 'active' and wait_event = 'advisory'`,
        );
        return rowCount === 1;
      };
      await until(kill);
      await admin.query('select pg_advisory_unlock(1)');
      return asked;
    };
    t.true((await killing(once)) instanceof Error);
    t.is(reads.retries, 0);
    t.false((await killing(reads)) instanceof Error);
    t.is(reads.retries, 1);
    t.like(upstream.status, { state: 'closed', failures: 2 });
  },
);

test.serial('a read that nobody can answer is given up soon, however often it was tried', async (t) => {
  const { cable, reads } = await open(t);
  await cable.cut();
  await t.throwsAsync(reads.query(dataVersion), { code: 'ECONNREFUSED' });
  // Fewer than three where the machine is slow: no try begins late.
  t.true(reads.retries >= 1 && reads.retries <= 3, String(reads.retries));
});

test.serial('before it is ready every question is refused', async (t) => {
  let isReady = false;
  const { outcome } = await open(t, { isReady: () => isReady });
  t.is(await outcome(), 'refused');
  isReady = true;
  t.is(await outcome(), 'answered');
});

test.serial('it can be closed while the server is silent and somebody waits', async (t) => {
  const { cable, upstream, outcome } = await open(t);
  t.is(await outcome(), 'answered');
  cable.silence();
  const asked = outcome();
  await upstream.close();
  t.is(await asked, 'failed');
});
