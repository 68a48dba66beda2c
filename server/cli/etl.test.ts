import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import {
  count,
  isWaiting,
  lastRun,
  locked,
  one,
  published,
  until,
  withClient,
} from '../../etl/testing/looks.ts';
import { rebuildServers, testFolder } from '../../etl/testing/rebuilds.ts';
import { smallDump } from '../../etl/testing/small-vpic.ts';
import { openWebhook } from '../../etl/testing/webhook.ts';
import { HURRY, hurriedWorker } from '../../etl/testing/workers.ts';
import { requestRebuild } from '../../etl/trigger.ts';
import { Worker, type WorkerOptions } from '../../etl/worker.ts';
import { Service } from '../../test/harness/service.ts';

const { path: folder, dataDir, dump, month } = testFolder();

/** A month without patterns, which every gate refuses. */
function bad(name: string): string {
  return dump(
    `vPICList_lite_${name}.sql`,
    smallDump((table) => (table.name === 'pattern' ? { ...table, rows: [] } : table)),
  );
}

for (const { url, title } of rebuildServers('cli')) {
  function start(env: Record<string, string>, ...args: string[]): Service {
    return new Service({ PLATFORM_DATABASE_URL: url, DATA_DIR: dataDir, ...env }, 'server/cli.ts', [
      'etl',
      ...args,
    ]);
  }

  /** What a command answers: its exit code, its standard output, its last line for people. */
  async function call(...args: string[]): Promise<[code: number | null, out: string, line: string]> {
    return callWith({}, ...args);
  }

  async function callWith(
    env: Record<string, string>,
    ...args: string[]
  ): Promise<[number | null, string, string]> {
    const command = start(env, ...args);
    const code = await command.ended();
    return [code, command.stdout, command.lines.at(-1) ?? ''];
  }

  async function startWorker(
    t: ExecutionContext,
    source: string,
    given: Partial<WorkerOptions> = {},
  ): Promise<Worker> {
    const worker = await Worker.start(hurriedWorker({ url, source, dataDir, ...given }));
    t.teardown(() => worker.stop());
    // Those who ask look at the registry, where a worker enters what it takes with its first heartbeat.
    await withClient(url, (client) =>
      until(
        async () =>
          (await count(
            client,
            `select count(*) from pgboss.instance where stopped_on is null and workers @> '[{"queue": "rebuild"}]'`,
          )) > 0,
        'for the worker to be registered',
      ),
    );
    return worker;
  }

  test.serial(title('an empty database: what there is to say'), async (t) => {
    const [code, out] = await call('status');
    t.is(code, 0);
    t.regex(out, /^data {8}none yet: mvp-vehicles etl run\n/);
    t.like(await call('verify'), {
      0: 1,
      2: 'mvp-vehicles: there is no release yet: admin.release lists the releases.',
    });
    t.like(await call('cancel'), { 0: 1, 2: 'mvp-vehicles: no rebuild is running' });
    t.like(await call('rollback'), { 0: 1 });
  });

  test.serial(title('without a worker it runs here; the same file is unchanged'), async (t) => {
    const source = month('2026_01');
    const command = start({}, 'run', '--source', source);
    t.is(await command.ended(), 0);
    t.is(command.stdout, '2026-01-r1\n');
    t.regex(command.stderr, / 10% loading the raw rows: \d+ rows, /);
    t.regex(command.stderr, /\ndata version 2026-01-r1, the first\nmakes 1, /);
    t.deepEqual((await call('run', '--source', source)).slice(0, 2), [0, 'unchanged\n']);
    const [code, out] = await call('status');
    t.is(code, 0);
    t.regex(out, /^run 2 .* unchanged, .*\nrun 1 .* published, /m);
    t.deepEqual(await call('verify'), [0, 'every gate is passed\n', '']);
    const [, json] = await call('status', '--json');
    t.like(JSON.parse(json), { dataVersion: '2026-01-r1', isStale: false, lastRun: { status: 'unchanged' } });
  });

  test.serial(
    title('refused: exit code 2, an alert; by force it is published, and can be taken back'),
    async (t) => {
      const hook = await openWebhook(t, 200);
      const source = bad('2026_02');
      const [code, out, line] = await callWith({ ALERT_WEBHOOK_URL: hook.url }, 'run', '--source', source);
      t.deepEqual([code, out], [2, '']);
      t.regex(line, /^mvp-vehicles: what was published stays: the new data was refused: empty_table: /);
      t.is(hook.received.length, 1);
      t.like(hook.received[0], { event: 'rebuild-refused', source });

      t.deepEqual((await call('run', '--source', source, '--force', '--reason', 'a test')).slice(0, 2), [
        0,
        '2026-02-r2\n',
      ]);
      const [verified, reasons, last] = await call('verify');
      t.is(verified, 2);
      t.regex(reasons, /^empty_table: catalog\.pattern is empty$/m);
      t.regex(last, /reasons not to publish this release$/);
      t.is((await call('verify', '--release', '2026-01-r1'))[0], 0);
      t.deepEqual((await call('rollback')).slice(0, 2), [0, 'published: 2026-01-r1\n']);
    },
  );

  test.serial(title('a failure: exit code 1, an alert that nobody takes does not matter'), async (t) => {
    const source = dump('vPICList_lite_2026_03.sql', smallDump().split('\\.').slice(0, -1).join('\\.'));
    const command = start({ ALERT_WEBHOOK_URL: 'http://127.0.0.1:9/' }, 'run', '--source', source);
    t.is(await command.ended(), 1);
    t.regex(command.stderr, /the alert webhook took nothing/);
    t.regex(command.lines.at(-1) ?? '', /^mvp-vehicles: what was published stays: the dump is cut off/);
  });

  test.serial(title("with a worker it is the worker's job, followed from here"), async (t) => {
    await startWorker(t, month('2026_04'));
    const commands = [1, 2, 3].map(() => start({ ETL_SOURCE: 'bundled' }, 'run'));
    t.deepEqual(await Promise.all(commands.map((command) => command.ended())), [0, 0, 0]);
    await withClient(url, async (client) => {
      const run = await lastRun(client);
      t.like(run, { status: 'published', data_version: '2026-04-r3' });
      t.truthy(run.job_id);
      t.is(await count(client, "select count(*) from admin.run where data_version = '2026-04-r3'"), 1);
      t.true(commands.some((command) => command.stdout === '2026-04-r3\n'));
    });
    t.deepEqual((await call('run')).slice(0, 2), [0, 'unchanged\n']);
  });

  test.serial(
    title("the worker's failure is told with its exit code, and when it tries again"),
    async (t) => {
      const worker = await startWorker(t, bad('2026_05'));
      t.like(await call('run'), { 0: 2 });
      await worker.stop();
      const timing = { ...HURRY, retryDelay: 3_600, retryDelayMax: 7_200 };
      const other = await startWorker(t, join(folder, 'missing.sql'), { timing });
      await requestRebuild(other.jobs, { requestedBy: 'a test' });
      const waiting = "select count(*) from pgboss.job where name = 'rebuild' and state = 'retry'";
      await withClient(url, (client) =>
        until(async () => (await count(client, waiting)) === 1, 'for a retry'),
      );
      const [code, , line] = await call('run');
      t.is(code, 1);
      t.regex(line, /missing\.sql does not exist; the worker tries again at \d{4}-/);
      t.deepEqual(await call('cancel'), [0, 'the planned rebuild: cancelled\n', '']);
    },
  );

  test.serial(title('cancel ends the run wherever it is; who follows it learns that'), async (t) => {
    await startWorker(t, month('2026_06'));
    await withClient(url, async (client) => {
      const before = await published(client);
      await locked(url, async () => {
        const following = start({}, 'run');
        await isWaiting(client);
        const { run_id } = await lastRun(client);
        t.deepEqual(await call('cancel'), [0, `run ${run_id}: cancelled\n`, '']);
        t.is(await following.ended(), 3);
        t.regex(
          following.lines.at(-1) ?? '',
          /what was published stays: the rebuild was cancelled while compiling/,
        );
      });
      t.is((await published(client)).release_id, before.release_id);
      t.is(
        await count(client, "select count(*) from pgboss.job where name = 'rebuild' and state < 'completed'"),
        0,
      );
    });
  });

  test.serial(title('Ctrl-C ends the following, not the run'), async (t) => {
    const source = month('2026_07');
    await startWorker(t, source);
    await withClient(url, async (client) => {
      await locked(url, async () => {
        const following = start({}, 'run');
        await isWaiting(client);
        t.is(await following.stop('SIGINT'), 1);
        t.regex(
          following.stderr,
          /the rebuild goes on without being watched: etl status shows it, etl cancel ends it/,
        );
        t.is((await lastRun(client)).status, 'running');
      });
      await until(async () => /^2026-07/.test((await published(client)).data_version), 'for the run');
    });
  });

  test.serial(title('a worker that only seems to be there: the command runs the job itself'), async (t) => {
    const worker = await startWorker(t, month('2026_08'));
    await worker.stop();
    await withClient(url, async (client) => {
      await client.query(
        "update pgboss.instance set stopped_on = null, heartbeat_on = now() + interval '1 minute' where workers <> '[]'",
      );
      const source = month('2026_09');
      const command = start({ ETL_SOURCE: source }, 'run');
      t.is(await command.ended(), 0, command.stderr);
      t.regex(command.stderr, /no worker takes the job: running it here/);
      t.regex((await published(client)).data_version, /^2026-09/);
      t.is((await lastRun(client)).job_id, null);
      t.is(
        (
          await one(
            client,
            "select count(*)::int as n from pgboss.job where name = 'rebuild' and state < 'completed'",
          )
        ).n,
        0,
      );
      await client.query('update pgboss.instance set stopped_on = now()');
    });
  });
}
