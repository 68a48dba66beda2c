// needs: fixture
import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { layCable } from '../../test/harness/cable.ts';
import { type OwnDatabase, ownDatabase, testServers } from '../../test/harness/databases.ts';
import { until } from '../../test/harness/until.ts';
import { connectionOf } from '../database/pool.ts';
import { ReleaseWatch, type ReleaseWatchOptions } from './release.ts';

const HOUR = 3_600_000;

/** A watch that has just begun, with what it logged. */
async function beginWatch(t: ExecutionContext, url: string, options: Partial<ReleaseWatchOptions> = {}) {
  const lines: string[] = [];
  const log = (about: unknown, line?: string): void => {
    lines.push(line ?? String(about));
  };
  const release = new ReleaseWatch({
    connection: connectionOf({ url, role: 'mvp_platform_user', applicationName: 'release test' }),
    logger: { info: log, warn: log },
    ...options,
  });
  t.teardown(() => release.close());
  await release.start();
  return { release, lines };
}

/** A watch that has heard from its database, which a busy machine may let it try for more than once. */
async function watch(t: ExecutionContext, url: string, options: Partial<ReleaseWatchOptions> = {}) {
  const { release, lines } = await beginWatch(t, url, options);
  await until(() => release.isConfirmed);
  lines.length = 0;
  return { release, lines };
}

for (const server of testServers()) {
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;

  async function open(t: ExecutionContext): Promise<{ own: OwnDatabase; admin: pg.Client }> {
    const own = await ownDatabase(server, 'fixture');
    const admin = new pg.Client(own.url);
    await admin.connect();
    t.teardown(async () => {
      await admin.end();
      await own.drop();
    });
    return { own, admin };
  }

  /** A second release that says another version; it needs no rows to be published. */
  async function secondRelease(admin: pg.Client): Promise<number> {
    await admin.query("insert into etl.run (source) values ('second')");
    await admin.query('select etl.begin_release((select max(run_id) from etl.run))');
    const { rows } = await admin.query<{ release_id: number }>(
      `update catalog.release set is_complete = true, data_version = 'second'
        where release_id = (select max(release_id) from catalog.release) returning release_id`,
    );
    return rows[0]?.release_id ?? 0;
  }

  test(
    title('what is published is known from the start, and a publish and a rollback at once'),
    async (t) => {
      const { own, admin } = await open(t);
      // Far apart: only a notification can be what tells it.
      const { release } = await watch(t, own.url, { pollMs: HOUR });
      t.is(release.edition?.version, 'fixture-r1');
      t.is(release.edition?.year, new Date().getUTCFullYear());
      await admin.query('select etl.publish($1)', [await secondRelease(admin)]);
      await until(() => release.edition?.version === 'second');
      await admin.query('select etl.rollback()');
      await until(() => release.edition?.version === 'fixture-r1');
      t.pass();
    },
  );

  test(title('a publish that was not notified is found by the poll'), async (t) => {
    const { own, admin } = await open(t);
    const { release } = await watch(t, own.url, { pollMs: 50 });
    await admin.query('update catalog.current_release set release_id = $1', [await secondRelease(admin)]);
    await until(() => release.edition?.version === 'second');
    t.pass();
  });

  test(title('an answer of another version has it looked at, without being believed'), async (t) => {
    const { own, admin } = await open(t);
    const { release } = await watch(t, own.url, { pollMs: HOUR });
    release.saw('older');
    t.is(release.edition?.version, 'fixture-r1');
    await admin.query('update catalog.current_release set release_id = $1', [await secondRelease(admin)]);
    release.saw('second');
    await until(() => release.edition?.version === 'second');
    t.pass();
  });

  test(title('a notification that is not true is put right'), async (t) => {
    const { own, admin } = await open(t);
    const { release } = await watch(t, own.url, { pollMs: HOUR });
    await admin.query("notify mvp_platform_release, 'made up'");
    await until(() => release.edition?.version === 'made up');
    await until(() => release.edition?.version === 'fixture-r1');
    t.pass();
  });

  test(title('a connection that is cut is made again, and what came in between is found'), async (t) => {
    const { own, admin } = await open(t);
    const { release, lines } = await watch(t, own.url, { pollMs: HOUR });
    const second = await secondRelease(admin);
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'release test'",
    );
    await until(() => !release.isConfirmed);
    t.is(release.edition?.version, 'fixture-r1', 'what was known is still the best guess');
    await admin.query('update catalog.current_release set release_id = $1', [second]);
    await until(() => release.edition?.version === 'second');
    await until(() => lines.some((line) => line.endsWith('followed again')));
    await until(() => release.isConfirmed);
    t.deepEqual(lines.filter((line) => /follow/.test(line)).slice(0, 2), [
      'cannot follow the published data; trying again',
      'the published data is followed again',
    ]);
  });

  test(title('the year turns with the database’s clock'), async (t) => {
    const { own } = await open(t);
    const real = Date.now();
    let now = real;
    const { release } = await watch(t, own.url, { pollMs: HOUR, now: () => now });
    const year = new Date(real).getUTCFullYear();
    const turn = Date.UTC(year + 1, 0, 1);
    for (const [at, expected, reason] of [
      [turn - 60_000, year, 'a minute before'],
      [turn - 1000, undefined, 'a second before: the clocks may differ'],
      [turn + 1000, undefined, 'a second after'],
      [turn + 60_000, year + 1, 'a minute after'],
      [real, year, 'back again'],
    ] as const) {
      now = at;
      t.is(release.edition?.year, expected, reason);
    }
  });

  test(title('the database’s time zone decides the year, not this process’s'), async (t) => {
    const { own } = await open(t);
    const url = new URL(own.url);
    // Far west of everyone; our clock says noon of 1 January, UTC.
    url.searchParams.set('options', '-c timezone=Etc/GMT+12');
    const real = Date.now();
    let now = real;
    const { release } = await watch(t, url.href, { pollMs: HOUR, now: () => now });
    const year = new Date(real - 12 * HOUR).getUTCFullYear();
    now = Date.UTC(year + 1, 0, 1, 11, 59);
    t.is(release.edition?.year, year);
    now = Date.UTC(year + 1, 0, 1, 12, 1);
    t.is(release.edition?.year, year + 1);
  });

  test(title('nothing published: not known'), async (t) => {
    const { release } = await watch(t, server.empty, { pollMs: HOUR });
    t.is(release.edition, null);
  });

  test(title('a database that is away at the start is found when it comes'), async (t) => {
    const { own } = await open(t);
    const cable = await layCable(own.url);
    t.teardown(() => cable.close());
    await cable.cut();
    const { release, lines } = await beginWatch(t, cable.url, { pollMs: HOUR });
    t.is(release.edition, null);
    t.false(release.isConfirmed);
    t.deepEqual(lines, ['cannot follow the published data; trying again']);
    await cable.mend();
    await until(() => release.isConfirmed);
    t.is(release.edition?.version, 'fixture-r1');
  });

  test(
    title('a connection whose other end is silent is given up, with its socket, and made again'),
    async (t) => {
      const { own } = await open(t);
      const cable = await layCable(own.url);
      t.teardown(() => cable.close());
      const { release } = await watch(t, cable.url, { pollMs: HOUR });
      cable.silence();
      release.lost();
      t.false(release.isConfirmed, 'at once: whoever calls has found out');
      t.is(release.edition?.version, 'fixture-r1');
      // Between two tries there is no socket: none waits for the goodbye of a server that is gone.
      await until(() => cable.attached === 0);
      t.false(release.isConfirmed);
      cable.resume();
      await until(() => release.isConfirmed);
      t.is(release.edition?.version, 'fixture-r1');
    },
  );
}
