import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { RebuildFailure } from './errors.ts';
import { type Progress, silentProgress } from './progress.ts';
import { type RebuildResult, rebuild } from './rebuild.ts';
import {
  count,
  isWaiting,
  lastRun,
  locked,
  one,
  published,
  REBUILDS,
  until,
  withClient,
} from './testing/looks.ts';
import { isClean, rebuildServers, refused, testFolder } from './testing/rebuilds.ts';
import { startSite } from './testing/site.ts';
import { smallDump, smallTables } from './testing/small-vpic.ts';
import { makeZip } from './testing/zip.ts';

const { path: folder, dataDir, dump, month } = testFolder();
const good = month('2026_03');

for (const { url, title } of rebuildServers('rebuild')) {
  test.serial(title('a dump becomes the published release'), async (t) => {
    const steps: string[] = [];
    let rows = 0;
    const progress: Progress = {
      ...silentProgress,
      step: (step) => steps.push(step),
      advance: (count) => {
        rows += count;
      },
    };
    const result = await rebuild({ url, source: good, dataDir, progress });
    t.is(result.outcome, 'published');
    t.regex(result.dataVersion, /^2026-03/);
    t.regex(result.report ?? '', /^data version 2026-03-r1, the first\nmakes 1, models 1, WMIs 1, /);
    await withClient(url, async (client) => {
      t.deepEqual(await published(client), {
        status: 'published',
        release_id: 1,
        data_version: result.dataVersion,
        reason: null,
      });
      t.deepEqual(await one(client, 'select id, name, updatedon from vpic.make'), {
        id: 474,
        name: 'Honda',
        updatedon: null,
      });
      const lookups = await client.query(
        "select id, name from vpic.lookup where lookup_table = 'bodystyle' order by id",
      );
      t.deepEqual(lookups.rows, [
        { id: 1, name: "Convertible\t'Cabriolet'" },
        { id: 13, name: 'Sedan/Saloon' },
      ]);
      const run = await lastRun(client);
      t.like(run, {
        source: good,
        status: 'published',
        loaded_bytes: run.loaded_bytes,
        report: result.report,
      });
      t.like(run.source_detail, { kind: 'dump', version: '2026-03', path: good });
      t.true(Number(run.peak_memory) > 20e6);
      t.regex(String(run.worker), /^.+:\d+$/);
      const loads = await client.query(
        "select row_count::int, detail, duration is not null as is_timed from admin.run_step where step in ('skip decodingoutput', 'load vehicletype') order by step",
      );
      t.like(loads.rows[0], { row_count: 1, is_timed: true, detail: { skippedColumns: ['novelty'] } });
      t.like(loads.rows[1], { row_count: 2, detail: { skippedColumns: ['id', 'addedon', 'value'] } });
      t.true((await count(client, 'select count(*) from etl.canary')) > 0);
    });
    t.deepEqual(steps.slice(0, 3), ['connecting', 'opening the source', 'loading the raw rows']);
    t.deepEqual(steps.slice(-2), ['drawing canary VINs', 'publishing']);
    t.is(
      rows,
      smallTables.reduce((sum, table) => sum + table.rows.length, 0),
    );
  });

  test.serial(
    title('a file of a site becomes the published release, over a bad line, and is fetched once'),
    async (t) => {
      const site = await startSite();
      const downloads = mkdtempSync(join(folder, 'downloads-'));
      const name = 'vPICList_lite_2026_03.plain.zip';
      const source = `${site.url}${name}`;
      const fetch = { limits: { backoffMs: 1, maxBackoffMs: 2 } };
      t.teardown(() => site.close());
      const file = makeZip([{ name: 'x.sql', data: Buffer.from(`-- from a site\n${smallDump()}`) }]);
      site.put(name, file);
      site.fail(name, { cutAfter: 900 }, { status: 503 }, { cutAfter: 0 });
      const steps: (string | null | undefined)[][] = [];
      let bytes = 0;
      const progress: Progress = {
        ...silentProgress,
        step: (step, options) => steps.push([step, options?.totalBytes?.toString()]),
        advance: (_, count) => {
          if (steps.at(-1)?.[0] === 'downloading') bytes += count;
        },
      };
      const result = await rebuild({ url, source, dataDir: downloads, fetch, progress });
      t.regex(result.dataVersion, /^2026-03/);
      t.true(
        steps.some(([step, total]) => step === 'downloading' && total === String(file.length)),
        String(steps),
      );
      t.is(bytes, file.length);
      await withClient(url, async (client) => {
        const { rows } = await client.query('select etl.published_source() as source');
        t.like(rows[0].source, { kind: 'download', url: source, size: file.length });
      });
      const again = await rebuild({ url, source, dataDir: downloads, fetch });
      t.is(again.outcome, 'unchanged');
      rmSync(downloads, { recursive: true });
    },
  );

  test.serial(title('a source that does not fit is refused and leaves the release'), async (t) => {
    const cases: [path: string, failure: RebuildFailure, message: RegExp][] = [
      [join(folder, 'missing.sql'), 'source', /missing\.sql does not exist$/],
      [
        dump('cut.sql', smallDump().split('\\.').slice(0, -1).join('\\.')),
        'source',
        /^the dump is cut off in table wmi_vinschema/,
      ],
      [
        dump(
          'no_table.sql',
          smallDump((table) => (/^wmi|make$/.test(table.name) ? null : table)),
        ),
        'source',
        /^the source has no table make, wmi, wmi_make, wmi_vinschema:/,
      ],
      [
        dump(
          'no_column.sql',
          smallDump((table) =>
            table.name === 'pattern' ? { ...table, columns: table.columns.map((c) => `${c}_`) } : table,
          ),
        ),
        'source',
        /^table pattern of the source has no column .*attributeid.*keys/,
      ],
      [
        dump('bad_number.sql', smallDump().replace('\n474\tHonda', '\nfour\tHonda')),
        'data',
        /invalid input syntax for type integer: "four"; COPY make, line 1/,
      ],
      [dump('twice.sql', smallDump() + smallDump()), 'source', /^the source has two tables bodystyle$/],
      ['http://example.org/x.zip', 'source', /^http:\/\/ is not taken as a source/],
    ];
    await withClient(url, async (client) => {
      const before = await published(client);
      for (const [source, failure, message] of cases) {
        await refused(t, rebuild({ url, source, dataDir }), failure, message);
        await isClean(t, client, before.release_id, dataDir);
        const run = await lastRun(client);
        t.like(run, { source, status: 'failed' });
        t.regex(String(run.reason), message, 'a source that cannot be opened is a run as well');
        t.is(await count(client, 'select count(*) from vpic.make'), 0);
      }
    });
  });

  test.serial(title('one run at a time'), async (t) => {
    await withClient(url, async (client) => {
      const abort = new AbortController();
      const first = blocked(abort.signal);
      await isWaiting(client);
      await refused(t, rebuild({ url, source: good, dataDir }), 'busy', /another rebuild/);
      t.deepEqual(
        await one(client, 'select etl.clean_up()'),
        { clean_up: null },
        'a living run is left alone',
      );
      t.is((await lastRun(client)).status, 'running');
      abort.abort();
      await refused(t, first, 'cancelled', /cancelled while compiling/);
    });
  });

  test.serial(title('an abort ends the running statement'), async (t) => {
    await withClient(url, async (client) => {
      const before = await published(client);
      const abort = new AbortController();
      const running = blocked(abort.signal);
      await isWaiting(client);
      // It is blocked for as long as it runs: without an end there would be none.
      abort.abort();
      await refused(t, running, 'cancelled', /^the rebuild was cancelled while compiling: /);
      await isClean(t, client, before.release_id, dataDir);
      const last = await lastRun(client);
      t.is(last.status, 'cancelled');
      t.regex(String(last.reason), /cancelled/);
    });
  });

  test.serial(title('somebody else cancels it, from anywhere'), async (t) => {
    await withClient(url, async (client) => {
      const before = await published(client);
      const running = blocked();
      await isWaiting(client);
      await until(async () => /^compiling/.test(String((await lastRun(client)).current_step)), 'for a beat');
      const { run_id, percent } = await lastRun(client);
      t.true(Number(percent) > 5 && Number(percent) < 30, String(percent));
      t.deepEqual(await one(client, 'select etl.cancel_run()'), { cancel_run: run_id });
      await refused(t, running, 'cancelled', /cancelled while compiling/);
      await isClean(t, client, before.release_id, dataDir);
    });
  });

  test.serial(title('an abort while rows are streaming, or before anything began'), async (t) => {
    await withClient(url, async (client) => {
      const before = await published(client);
      const abort = new AbortController();
      const progress = { ...silentProgress, advance: () => abort.abort() };
      const { signal } = abort;
      const source = month('2026_04');
      await refused(t, rebuild({ url, source, dataDir, progress, signal }), 'cancelled', /loading/);
      await refused(t, rebuild({ url, source, dataDir, signal }), 'cancelled', /connecting/);
      await isClean(t, client, before.release_id, dataDir);
    });
  });

  test.serial(title('a lost connection is told, written down and leaves the release'), async (t) => {
    await withClient(url, async (client) => {
      const before = await published(client);
      const running = blocked();
      await isWaiting(client);
      await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${REBUILDS}`);
      await refused(t, running, 'connection', /^no connection to the platform database while compiling: /);
      await isClean(t, client, before.release_id, dataDir);
    });
  });

  test.serial(title('after a kill -9 the next rebuild succeeds at once'), async (t) => {
    await withClient(url, async (client) => {
      await locked(url, async () => {
        const script = join(import.meta.dirname, 'testing/run-rebuild.ts');
        const child = spawn(process.execPath, [script, url, month('2026_04'), dataDir]);
        await isWaiting(client);
        child.kill('SIGKILL');
        await once(child, 'exit');
        // The server looks for lost clients in an interval of its own.
        await until(
          async () => (await count(client, `select count(*) from pg_stat_activity where ${REBUILDS}`)) === 0,
        );
      });
      const { dataVersion } = await rebuild({ url, source: month('2026_05'), dataDir });
      t.regex(dataVersion, /^2026-05/);
      await isClean(t, client, (await published(client)).release_id, dataDir);
      t.is(
        (await one(client, "select reason from etl.run where status = 'failed' order by run_id desc limit 1"))
          .reason,
        'the run died without a word',
      );
    });
  });

  /** A rebuild that stops in its first compile steps. */
  function blocked(signal?: AbortSignal): Promise<RebuildResult> {
    return locked(url, () => rebuild({ url, source: month('2026_04'), dataDir, signal }));
  }
}

test('a server that is not there is told in one line', async (t) => {
  const url = 'postgres://nobody@127.0.0.1:1/none';
  await refused(
    t,
    rebuild({ url, source: good, dataDir }),
    'connection',
    /while connecting: connect ECONNREFUSED/,
  );
});
