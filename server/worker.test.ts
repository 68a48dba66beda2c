import { getPriority } from 'node:os';
import test, { type ExecutionContext } from 'ava';
import { openClientJobs } from '../etl/jobs.ts';
import { count, isWaiting, lastRun, locked, published, until, withClient } from '../etl/testing/looks.ts';
import { isClean, rebuildServers, testFolder } from '../etl/testing/rebuilds.ts';
import { silentLog } from '../etl/testing/workers.ts';
import { requestRebuild } from '../etl/trigger.ts';
import { Service } from '../test/harness/service.ts';
import { readConfig } from './config.ts';
import { InlineWorker } from './start/inline-worker.ts';

const { dataDir, month } = testFolder();

for (const { url, title } of rebuildServers('server_worker')) {
  const settings = {
    DATA_DIR: dataDir,
    ETL_SCHEDULE: '15 4 * * 3',
    ETL_SOURCE: month('2026_01'),
    LOG_LEVEL: 'silent',
  };

  /** A server's worker, stopped after the test; with what it noted and logged. */
  function startInline(t: ExecutionContext, given: { worker: 'inline' | 'off'; url?: string }) {
    const notes: string[] = [];
    const logged: object[] = [];
    const env = { PATH: process.env.PATH, ...settings };
    const worker = InlineWorker.start({
      url: given.url ?? url,
      config: readConfig({ ...settings, PLATFORM_DATABASE_URL: given.url ?? url, WORKER: given.worker }),
      env,
      logger: { warn: (fields: object) => void logged.push(fields) },
      note: (line) => void notes.push(line),
    });
    t.teardown(() => worker?.stop());
    return { worker, notes, logged };
  }

  test.serial(title('npm run worker: fills an empty database, serves nothing, stops cleanly'), async (t) => {
    const env = {
      PLATFORM_DATABASE_URL: url,
      DATA_DIR: dataDir,
      ETL_SOURCE: month('2026_01'),
      LOG_LEVEL: 'info',
    };
    const worker = new Service(env, 'server/worker.ts');
    await worker.until(() => worker.stdout.includes('\n'));
    t.regex(worker.stdout, /^taking rebuild jobs, next one due \d{4}-\d\d-\d\dT02:00:00\.000Z\n$/);
    await withClient(url, async (client) => {
      await until(
        async () => (await count(client, 'select count(*) from catalog.current_release')) > 0,
        'for data',
      );
      t.regex((await published(client)).data_version, /^2026-01/);
    });
    await worker.until(() => /"msg":"rebuild published"/.test(worker.stderr));
    t.is(await worker.stop(), 0, worker.stderr);
  });

  test.serial(title('within a server: by default, and not when it is off'), async (t) => {
    await withClient(url, async (client) => {
      const registered = async (): Promise<string> =>
        String((await client.query('select cron from etl.schedule')).rows[0]?.cron);
      t.is(startInline(t, { worker: 'off' }).worker, null);
      t.is(await registered(), '0 2 * * 0', 'nothing was registered');
      const { worker, notes } = startInline(t, { worker: 'inline' });
      await worker?.settled;
      t.is(await registered(), '15 4 * * 3');
      t.is(getPriority(worker?.pid ?? 0), 10);
      await worker?.stop();
      t.is(worker?.pid, null);
      t.deepEqual(notes, []);
      t.is((await lastRun(client)).status, 'published', 'a start alone rebuilds nothing');
    });
  });

  test.serial(title('data from before the newest migration is loaded again, once'), async (t) => {
    await withClient(url, async (client) => {
      await client.query(
        `update mvp_migration.applied_migration set applied_at = clock_timestamp() where series = 'platform'`,
      );
      const runs = 'select count(*) from etl.run';
      const before = await count(client, runs);
      for (const expected of [1, 0]) {
        const { worker, notes } = startInline(t, { worker: 'inline' });
        await worker?.settled;
        t.is(notes.length, expected, notes.join());
        if (expected === 1) {
          t.regex(
            notes[0] ?? '',
            /^the data was loaded before this version of the program: it is loaded again/,
          );
          await until(async () => (await count(client, runs)) > before, 'for a run');
          await until(async () => (await lastRun(client)).status === 'unchanged', 'for its end');
        }
        await worker?.stop();
      }
      t.is(await count(client, runs), before + 1);
    });
  });

  test.serial(title('a login that may only serve serves, and says that nobody rebuilds'), async (t) => {
    const login = `serves_only_${process.pid}`;
    await withClient(url, (client) =>
      client.query(`create role ${login} login password 'xxxxxxxx'; grant mvp_platform_user to ${login}`),
    );
    t.teardown(() => withClient(url, (client) => client.query(`drop role ${login}`)));
    const own = new URL(url);
    [own.username, own.password] = [login, 'xxxxxxxx'];
    const { worker, notes, logged } = startInline(t, { worker: 'inline', url: own.href });
    await until(() => logged.length > 1, 'for a second attempt');
    t.is(notes.length, 1);
    t.regex(
      notes[0] ?? '',
      /^serving, but nothing rebuilds the data: .*; grant mvp_platform_etl to the login, or set WORKER=off/,
    );
    await worker?.stop();
    t.is(worker?.pid, null);
  });

  test.serial(
    title('killed with kill -9: another one follows, and cleans up after its rebuild'),
    async (t) => {
      await withClient(url, async (client) => {
        const before = await published(client);
        const { worker, logged } = startInline(t, { worker: 'inline' });
        await worker?.settled;
        const killed = worker?.pid ?? 0;
        await locked(url, async () => {
          const jobs = await openClientJobs({ url, log: silentLog });
          await requestRebuild(jobs, { source: month('2026_02'), requestedBy: 'a test' });
          await jobs.stop({ graceful: false });
          await isWaiting(client);
          process.kill(killed, 'SIGKILL');
          await until(() => logged.length > 0, 'for its death to be noticed');
        });
        t.deepEqual(logged, [{ code: null, signal: 'SIGKILL', waitMs: 1000 }]);
        await until(async () => (await lastRun(client)).finished_at !== null, 'for the next one to clean up');
        t.is((await lastRun(client)).status, 'failed');
        t.not(worker?.pid, killed);
        await isClean(t, client, before.release_id, dataDir);
      });
    },
  );
}
