import test from 'ava';
import { pino } from 'pino';
import { count, lastRun, published, until, withClient } from '../etl/testing/looks.ts';
import { rebuildServers, testFolder } from '../etl/testing/rebuilds.ts';
import { Service } from '../test/harness/service.ts';
import { readConfig } from './config.ts';
import { Teardown } from './start/teardown.ts';
import { startInlineWorker } from './start/worker.ts';

const { dataDir, month } = testFolder();
const logger = pino({ level: 'silent' });

for (const { url, title } of rebuildServers('server_worker')) {
  function configOf(worker: 'inline' | 'off') {
    return readConfig({
      PLATFORM_DATABASE_URL: url,
      DATA_DIR: dataDir,
      WORKER: worker,
      ETL_SCHEDULE: '15 4 * * 3',
      ETL_SOURCE: month('2026_01'),
    });
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
      const notes: string[] = [];
      const teardown = new Teardown();
      const options = { url, logger, teardown, note: (line: string) => notes.push(line) };
      await startInlineWorker({ ...options, config: configOf('off') });
      t.is(await registered(), '0 2 * * 0', 'nothing was registered');
      await startInlineWorker({ ...options, config: configOf('inline') });
      t.is(await registered(), '15 4 * * 3');
      t.deepEqual(await teardown.run(), []);
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
        const notes: string[] = [];
        const teardown = new Teardown();
        const note = (line: string): void => void notes.push(line);
        await startInlineWorker({ url, logger, teardown, note, config: configOf('inline') });
        t.is(notes.length, expected, notes.join());
        if (expected === 1) {
          t.regex(
            notes[0] ?? '',
            /^the data was loaded before this version of the program: it is loaded again/,
          );
          await until(async () => (await count(client, runs)) > before, 'for a run');
          await until(async () => (await lastRun(client)).status === 'unchanged', 'for its end');
        }
        t.deepEqual(await teardown.run(), []);
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
    const notes: string[] = [];
    const teardown = new Teardown();
    const note = (line: string): void => void notes.push(line);
    await startInlineWorker({ url: own.href, config: configOf('inline'), logger, teardown, note });
    t.is(notes.length, 1);
    t.regex(
      notes[0] ?? '',
      /^serving, but nothing rebuilds the data: .*; grant mvp_platform_etl to the login, or set WORKER=off/,
    );
    t.deepEqual(await teardown.run(), []);
  });
}
