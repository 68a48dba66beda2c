import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type pg from 'pg';
import { DATA_AGE, REBUILD, REBUILD_DEAD_LETTER } from './schedule.ts';
import { count, isWaiting, lastRun, locked, one, published, until, withClient } from './testing/looks.ts';
import { isClean, rebuildServers, testFolder } from './testing/rebuilds.ts';
import { smallDump } from './testing/small-vpic.ts';
import { openWebhook } from './testing/webhook.ts';
import { CALM, HURRY, hurriedWorker } from './testing/workers.ts';
import { requestRebuild } from './trigger.ts';
import { Worker, type WorkerOptions } from './worker.ts';

const { path: folder, dataDir, dump, month } = testFolder();
const by = { requestedBy: 'a test' };

for (const { url, title } of rebuildServers('worker')) {
  /** A worker until the test is over. */
  async function startWorker(t: ExecutionContext, given: Partial<WorkerOptions> = {}): Promise<Worker> {
    const worker = await Worker.start(hurriedWorker({ url, source: month('2026_03'), dataDir, ...given }));
    t.teardown(() => worker.stop());
    return worker;
  }

  async function jobsIn(client: pg.Client, queue: string, state: string): Promise<number> {
    return count(client, `select count(*) from pgboss.job where name = '${queue}' and state = '${state}'`);
  }

  test.serial(
    title('a first start makes the queue with the role of the rebuild, and registers the schedule'),
    async (t) => {
      await withClient(url, async (client) => {
        t.is((await one(client, "select to_regclass('pgboss.job') as made")).made, null);
        const worker = await startWorker(t, {
          schedule: '30 3 * * 6',
          timezone: 'America/Chicago',
          source: 'bundled',
        });
        t.is(
          await count(
            client,
            "select count(*) from pg_class where relnamespace = 'pgboss'::regnamespace and relowner <> 'mvp_platform_etl'::regrole",
          ),
          0,
        );
        const schedules = await client.query(
          "select name, cron, timezone, options ->> 'missed' as missed from pgboss.schedule order by name",
        );
        t.deepEqual(schedules.rows, [
          { name: DATA_AGE, cron: '0 10 * * *', timezone: 'America/Chicago', missed: 'once' },
          { name: REBUILD, cron: '30 3 * * 6', timezone: 'America/Chicago', missed: 'once' },
        ]);
        const queues = await client.query(
          "select name, policy, dead_letter, retry_limit, retry_backoff, expire_seconds, heartbeat_seconds from pgboss.queue where name not like '\\_\\_%' order by name",
        );
        t.like(queues.rows, [
          { name: DATA_AGE, policy: 'exclusive' },
          {
            name: REBUILD,
            policy: 'exclusive',
            dead_letter: REBUILD_DEAD_LETTER,
            retry_limit: 5,
            retry_backoff: true,
            expire_seconds: 7200,
          },
          { name: REBUILD_DEAD_LETTER, policy: 'standard', dead_letter: null },
        ]);
        t.like(await one(client, 'select * from admin.schedule'), {
          cron: '30 3 * * 6',
          timezone: 'America/Chicago',
          source: 'bundled',
          has_worker: true,
          is_overdue: false,
        });
        const { next_at } = await one(client, 'select next_at from admin.schedule');
        t.deepEqual(next_at, worker.nextAt);
        t.regex(worker.nextAt.toISOString(), /T0[89]:30:00/, 'half past three in Chicago');
        await worker.stop();

        await startWorker(t, { schedule: '0 2 * * 0', timezone: 'UTC' });
        t.like(await one(client, `select cron, timezone from pgboss.schedule where name = '${REBUILD}'`), {
          cron: '0 2 * * 0',
          timezone: 'UTC',
        });
      });
    },
  );

  test.serial(
    title('a start cleans up after what died, in the database and in the data directory'),
    async (t) => {
      await withClient(url, async (client) => {
        await client.query("insert into etl.run (source) values ('died')");
        writeFileSync(
          join(dataDir, `snapshot-${process.pid}-00000000-0000-0000-0000-000000000000.sqlite`),
          'left over',
        );
        await (await startWorker(t)).stop();
        t.like(await lastRun(client), { status: 'failed', reason: 'the run died without a word' });
        t.deepEqual(readdirSync(dataDir), []);
        await client.query('delete from etl.run');
      });
    },
  );

  test.serial(title('five requests to two workers make one run'), async (t) => {
    const workers = [await startWorker(t), await startWorker(t)];
    const requests = await Promise.all(
      [0, 1, 0, 1, 0].map(async (of) => {
        const worker = workers[of];
        if (!worker) throw new Error('no worker');
        return requestRebuild(worker.jobs, by);
      }),
    );
    t.is(new Set(requests.map(({ jobId }) => jobId)).size, 1);
    t.is(requests.filter(({ isNew }) => isNew).length, 1);
    await withClient(url, async (client) => {
      await until(async () => (await jobsIn(client, REBUILD, 'completed')) === 1, 'for the job');
      t.is(await count(client, 'select count(*) from etl.run'), 1);
      t.like(await lastRun(client), { status: 'published', job_id: requests[0]?.jobId });
      await isClean(t, client, 1, dataDir);
    });
  });

  test.serial(title('an occurrence that was missed is made up for, once'), async (t) => {
    await withClient(url, async (client) => {
      const runs = await count(client, 'select count(*) from etl.run');
      await (await startWorker(t, { schedule: '0 2 * * 0' })).stop();
      await client.query("update pgboss.schedule set created_on = now() - interval '40 days'");
      await client.query("update pgboss.version set cron_on = now() - interval '30 days'");
      await startWorker(t, { schedule: '0 2 * * 0', source: month('2026_04') });
      await startWorker(t, { schedule: '0 2 * * 0', source: month('2026_04') });
      await until(
        async () =>
          (await count(client, 'select count(*) from etl.run where finished_at is not null')) > runs,
        'for a run',
      );
      t.is(
        await count(client, 'select count(*) from etl.run'),
        runs + 1,
        'not one for each of four Sundays, nor for each worker',
      );
      t.like(await lastRun(client), { status: 'published' });
      t.regex((await published(client)).data_version, /^2026-04/);
    });
  });

  test.serial(title('a failed run is tried again, then somebody is told'), async (t) => {
    const hook = await openWebhook(t, 500, 500, 200);
    await withClient(url, async (client) => {
      const before = await published(client);
      const runs = await count(client, 'select count(*) from etl.run');
      const source = join(folder, 'missing.sql');
      const worker = await startWorker(t, { source, alertUrl: hook.url });
      const { jobId } = await requestRebuild(worker.jobs, by);
      await until(() => hook.received.length >= 3, 'for the alert');
      t.is(await count(client, 'select count(*) from etl.run'), runs + 6, 'once and five times more');
      t.like(hook.received[2], {
        event: 'rebuild-failed',
        runId: (await lastRun(client)).run_id,
        source,
        dataVersion: before.data_version,
        text: `mvp-platform-vehicles: the rebuild failed: ${source} does not exist. Data version ${before.data_version} of ${new Date().toISOString().slice(0, 10)} stays.`,
      });
      t.is(await jobsIn(client, REBUILD, 'failed'), 1);
      await until(
        async () => (await jobsIn(client, REBUILD_DEAD_LETTER, 'completed')) === 1,
        'for the dead letter',
      );
      t.is(
        (await one(client, `select source_id from pgboss.job where name = '${REBUILD_DEAD_LETTER}'`))
          .source_id,
        jobId,
      );
      await isClean(t, client, before.release_id, dataDir);
    });
  });

  test.serial(title('a refused run is not tried again; a webhook that hangs holds nothing up'), async (t) => {
    const hook = await openWebhook(t, 'hang', 'hang', 200);
    await withClient(url, async (client) => {
      const before = await published(client);
      const runs = await count(client, 'select count(*) from etl.run');
      const source = dump(
        'vPICList_lite_2026_05.sql',
        smallDump((table) => (table.name === 'pattern' ? { ...table, rows: [] } : table)),
      );
      const worker = await startWorker(t, { source, alertUrl: hook.url });
      await requestRebuild(worker.jobs, by);
      await until(() => hook.received.length >= 3, 'for the alert');
      t.is(await count(client, 'select count(*) from etl.run'), runs + 1);
      t.like(hook.received[2], {
        event: 'rebuild-refused',
        runId: (await lastRun(client)).run_id,
        dataVersion: before.data_version,
      });
      const refusals = hook.received[2]?.refusals as { check: string }[];
      t.true(refusals.some(({ check }) => check === 'empty_table'));
      await isClean(t, client, before.release_id, dataDir);

      // While it hung, a good one could have been asked for.
      await requestRebuild(worker.jobs, { ...by, source: month('2026_06') });
      await until(
        async () => (await published(client)).release_id > before.release_id,
        'for the next release',
      );
    });
  });

  test.serial(title('cancelled by its job or by its run, it stops and is not tried again'), async (t) => {
    await withClient(url, async (client) => {
      const before = await published(client);
      const worker = await startWorker(t, { source: month('2026_07') });
      for (const how of ['job', 'run'] as const) {
        const runs = await count(client, 'select count(*) from etl.run');
        await locked(url, async () => {
          const { jobId } = await requestRebuild(worker.jobs, by);
          await isWaiting(client);
          // It is blocked for as long as it runs: without an end there would be none.
          if (how === 'job') await worker.jobs.cancel(REBUILD, jobId);
          else await client.query('select etl.cancel_run()');
          await until(async () => (await lastRun(client)).status === 'cancelled', 'for the end');
        });
        await until(
          async () =>
            (await count(
              client,
              `select count(*) from pgboss.job where name = '${REBUILD}' and state < 'completed'`,
            )) === 0,
          'for the job',
        );
        t.is(await count(client, 'select count(*) from etl.run'), runs + 1);
        await isClean(t, client, before.release_id, dataDir);
      }
    });
  });

  test.serial(title('a worker that is stopped leaves its run to the next'), async (t) => {
    await withClient(url, async (client) => {
      const first = await startWorker(t, { source: month('2026_08') });
      await locked(url, async () => {
        await requestRebuild(first.jobs, by);
        await isWaiting(client);
        await first.stop();
      });
      t.like(await lastRun(client), { status: 'cancelled' });
      t.is(await jobsIn(client, REBUILD, 'retry'), 1);
      await startWorker(t, { source: month('2026_08') });
      await until(
        async () => /^2026-08/.test((await published(client)).data_version),
        'for the other worker',
      );
    });
  });

  test.serial(title('a worker that was killed is missed; another one takes its run over'), async (t) => {
    await withClient(url, async (client) => {
      const source = month('2026_11');
      const script = join(import.meta.dirname, 'testing/run-worker.ts');
      // At once: an hour is what a rebuild that failed would wait.
      const args = [script, url, source, dataDir, 'now', '3600'];
      const killed = spawn(process.execPath, args, { stdio: 'ignore' });
      await locked(url, async () => {
        await isWaiting(client);
        killed.kill('SIGKILL');
        await once(killed, 'exit');
      });
      await startWorker(t, { source, timing: HURRY });
      await until(
        async () => /^2026-11/.test((await published(client)).data_version),
        'for the other worker',
      );
      await isClean(t, client, (await published(client)).release_id, dataDir);
    });
  });

  test.serial(title('a request does not wait for a retry, and takes its place'), async (t) => {
    await withClient(url, async (client) => {
      const timing = { ...CALM, retryDelay: 3_600, retryDelayMax: 7_200 };
      const worker = await startWorker(t, { source: join(folder, 'missing.sql'), timing });
      const { jobId } = await requestRebuild(worker.jobs, by);
      await until(async () => (await jobsIn(client, REBUILD, 'retry')) === 1, 'for the first failure');
      t.deepEqual(await requestRebuild(worker.jobs, { ...by, source: month('2026_09') }), {
        jobId,
        isNew: true,
      });
      await until(
        async () => /^2026-09/.test((await published(client)).data_version),
        'for the second attempt',
      );
    });
  });

  test.serial(title('data that is too old is told every day it is'), async (t) => {
    const hook = await openWebhook(t, 200);
    await withClient(url, async (client) => {
      const worker = await startWorker(t, { alertUrl: hook.url, maxAgeMs: 10 * 24 * 3_600_000 });
      const ask = async (): Promise<void> => {
        const done = await jobsIn(client, DATA_AGE, 'completed');
        await worker.jobs.send(DATA_AGE);
        await until(async () => (await jobsIn(client, DATA_AGE, 'completed')) > done, 'for the question');
      };
      await ask();
      t.deepEqual(hook.received, [], 'fresh data is nothing to talk about');
      await client.query(
        "update etl.run set finished_at = finished_at - interval '11 days' where status in ('published', 'unchanged')",
      );
      await ask();
      await ask();
      t.is(hook.received.length, 2);
      t.like(hook.received[0], { event: 'data-too-old', maxAgeSeconds: 864_000 });
    });
  });

  test.serial(title('a login of the rebuild only is enough; one without the role is told'), async (t) => {
    await withClient(url, async (client) => {
      const password = 'x'.repeat(20);
      const logins = ['etl_only', 'nobody'].map((name) => `${name}_${process.pid}`);
      const urls = logins.map((login) => {
        const own = new URL(url);
        [own.username, own.password] = [login, password];
        return own.href;
      });
      for (const login of logins) await client.query(`create role ${login} login password '${password}'`);
      t.teardown(() => withClient(url, (after) => after.query(`drop role if exists ${logins.join(', ')}`)));
      await client.query(`grant mvp_platform_etl to ${logins[0]}`);
      const [etlOnly = '', nobody = ''] = urls;

      const worker = await startWorker(t, { url: etlOnly, source: month('2026_10') });
      await requestRebuild(worker.jobs, by);
      await until(async () => /^2026-10/.test((await published(client)).data_version), 'for its release');
      await worker.stop();
      await t.throwsAsync(startWorker(t, { url: nobody }), { message: /permission denied to set role/ });
    });
  });
}
