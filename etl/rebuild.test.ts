import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import type pg from 'pg';
import { migrate } from '../server/database/migrate.ts';
import type { RebuildFailure } from './errors.ts';
import { type Progress, silentProgress } from './progress.ts';
import { type RebuildResult, rebuild } from './rebuild.ts';
import { testServers, withClient } from './testing/servers.ts';
import { startSite } from './testing/site.ts';
import { smallDump, smallTables } from './testing/small-vpic.ts';
import { makeZip } from './testing/zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'mvp-rebuild-'));
const dataDir = mkdtempSync(join(folder, 'data-'));
test.after.always(() => rmSync(folder, { recursive: true }));

function dump(name: string, sql: string): string {
  const path = join(folder, name);
  writeFileSync(path, sql);
  return path;
}
const good = dump('vPICList_lite_2026_03.sql', smallDump());

for (const { version, url: serverUrl } of testServers) {
  const name = `etl_rebuild_${process.pid}_${version.replace(/\W/g, '_')}`;
  const url = urlOf(serverUrl, name);
  const title = (text: string): string => `PostgreSQL ${version}: ${text}`;

  test.before(title('make a database'), async () => {
    await withClient(serverUrl, (client) => client.query(`create database ${name}`));
    await migrate({ url, series: 'platform' });
  });
  test.after.always(title('drop it'), async () => {
    await withClient(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
  });

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
    t.regex(result.dataVersion, /^2026-03/);
    await withClient(url, async (client) => {
      t.deepEqual(await published(client), {
        status: 'published',
        release_id: result.releaseId,
        reason: null,
      });
      const makes = await client.query('select id, name, updatedon from vpic.make');
      t.deepEqual(makes.rows, [{ id: 474, name: 'Honda', updatedon: null }]);
      const lookups = await client.query(
        "select id, name from vpic.lookup where lookup_table = 'bodystyle' order by id",
      );
      t.deepEqual(lookups.rows, [
        { id: 1, name: "Convertible\t'Cabriolet'" },
        { id: 13, name: 'Sedan/Saloon' },
      ]);
      const run = await client.query('select source, source_detail from etl.run where run_id = $1', [
        result.runId,
      ]);
      t.is(run.rows[0].source, good);
      t.like(run.rows[0].source_detail, { kind: 'dump', version: '2026-03', path: good });
      const loads = await client.query(
        "select row_count::int, detail from etl.run_step where run_id = $1 and step in ('skip decodingoutput', 'load vehicletype') order by step",
        [result.runId],
      );
      t.like(loads.rows[0], { row_count: 1, detail: { skippedColumns: ['novelty'] } });
      t.like(loads.rows[1], { row_count: 2, detail: { skippedColumns: ['id', 'addedon', 'value'] } });
    });
    t.is(steps[0], 'opening the source');
    t.is(steps[1], 'loading the raw rows');
    t.true(steps.length > 5);
    t.is(
      rows,
      smallTables.reduce((sum, table) => sum + table.rows.length, 0),
    );
  });

  test.serial(title('a file of a site becomes the published release, over a bad line'), async (t) => {
    const site = await startSite();
    const downloads = mkdtempSync(join(folder, 'downloads-'));
    try {
      const file = makeZip([{ name: 'x.sql', data: Buffer.from(smallDump()) }]);
      site.put('vPICList_lite_2026_03.plain.zip', file);
      site.fail('vPICList_lite_2026_03.plain.zip', { cutAfter: 900 }, { status: 503 }, { cutAfter: 0 });
      const limits = { backoffMs: 1, maxBackoffMs: 2 };
      const source = `${site.url}vPICList_lite_2026_03.plain.zip`;
      const seen: string[] = [];
      const progress = { ...silentProgress, detail: (text: string) => seen.push(text) };
      const result = await rebuild({ url, source, dataDir: downloads, fetch: { limits }, progress });
      t.regex(result.dataVersion, /^2026-03/);
      t.true(seen.some((text) => / of .* MB$/.test(text)));
      await withClient(url, async (client) => {
        const { rows } = await client.query('select etl.published_source() as source');
        t.like(rows[0].source, { kind: 'download', url: source, size: file.length });
      });
    } finally {
      await site.close();
    }
  });

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
        await isClean(t, client, before.release_id);
      }
    });
  });

  test.serial(title('one run at a time'), async (t) => {
    await withClient(url, async (client) => {
      const abort = new AbortController();
      const first = blocked(abort.signal);
      await isWaiting(client);
      await refused(t, rebuild({ url, source: good, dataDir }), 'busy', /another rebuild/);
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
      const begun = performance.now();
      abort.abort();
      await refused(t, running, 'cancelled', /^the rebuild was cancelled while compiling: /);
      t.true(performance.now() - begun < 3000);
      await isClean(t, client, before.release_id);
      const last = await client.query('select status, reason from etl.run order by run_id desc limit 1');
      t.like(last.rows[0], { status: 'failed' });
      t.regex(last.rows[0].reason, /cancelled/);
    });
  });

  test.serial(title('an abort while rows are streaming, or before anything began'), async (t) => {
    await withClient(url, async (client) => {
      const before = await published(client);
      const abort = new AbortController();
      const progress = { ...silentProgress, advance: () => abort.abort() };
      await refused(
        t,
        rebuild({ url, source: good, dataDir, progress, signal: abort.signal }),
        'cancelled',
        /loading/,
      );
      await refused(t, rebuild({ url, source: good, dataDir, signal: abort.signal }), 'cancelled', /opening/);
      await isClean(t, client, before.release_id);
    });
  });

  test.serial(title('a lost connection is told, written down and leaves the release'), async (t) => {
    await withClient(url, async (client) => {
      const before = await published(client);
      const running = blocked();
      await isWaiting(client);
      await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${REBUILDS}`);
      await refused(t, running, 'connection', /^no connection to the platform database while compiling: /);
      await isClean(t, client, before.release_id);
    });
  });

  test.serial(title('after a kill -9 the next rebuild succeeds at once'), async (t) => {
    await withClient(url, async (client) => {
      await locked(async () => {
        const script = join(import.meta.dirname, 'testing/run-rebuild.ts');
        const child = spawn(process.execPath, [script, url, good, dataDir]);
        await isWaiting(client);
        child.kill('SIGKILL');
        await once(child, 'exit');
        // The server looks for lost clients in an interval of its own.
        await until(
          async () => (await count(client, `select count(*) from pg_stat_activity where ${REBUILDS}`)) === 0,
        );
      });
      const { releaseId } = await rebuild({ url, source: good, dataDir });
      await isClean(t, client, releaseId);
      t.is(await count(client, "select count(*) from etl.run where status in ('running', 'compiled')"), 0);
    });
  });

  /**
   * A rebuild that stops in its first compile steps, at a table that somebody else has locked. The lock is on a
   * connection of its own: a transaction would see pg_stat_activity as it was at its first look.
   */
  async function blocked(signal?: AbortSignal): Promise<RebuildResult> {
    return locked(() => rebuild({ url, source: good, dataDir, ...(signal ? { signal } : {}) }));
  }

  async function locked<T>(work: () => Promise<T>): Promise<T> {
    return withClient(url, async (client) => {
      await client.query('begin; lock table catalog.element');
      return work();
    });
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

const REBUILDS = "application_name = 'mvp-platform-vehicles etl' and datname = current_database()";

function isWaiting(client: pg.Client): Promise<void> {
  const waiting = `select count(*) from pg_stat_activity where ${REBUILDS} and wait_event_type = 'Lock'`;
  return until(async () => (await count(client, waiting)) > 0);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('waited for twenty seconds in vain');
    await sleep(20);
  }
}

async function count(client: pg.Client, sql: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(sql);
  return Number(rows[0]?.count);
}

interface Published {
  status: string;
  release_id: number;
  reason: string | null;
}

async function published(client: pg.Client): Promise<Published> {
  const { rows } = await client.query<Published>(
    `select run.status, current.release_id, run.reason
     from catalog.current_release as current
     join catalog.release using (release_id) join etl.run using (run_id)`,
  );
  const [row] = rows;
  if (!row) throw new Error('nothing is published');
  return row;
}

/** The published release is the given one, and nothing half made is left in the database or the data directory. */
async function isClean(t: ExecutionContext, client: pg.Client, releaseId: number): Promise<void> {
  t.is((await published(client)).release_id, releaseId);
  t.is(await count(client, 'select count(*) from catalog.release where not is_complete'), 0);
  t.is(
    await count(client, `select count(*) from pg_inherits where inhparent = 'catalog.element'::regclass`),
    await count(client, 'select count(*) from catalog.release'),
  );
  t.deepEqual(readdirSync(dataDir), []);
}

async function refused(
  t: ExecutionContext,
  run: Promise<unknown>,
  failure: RebuildFailure,
  message: RegExp,
): Promise<void> {
  const error = await t.throwsAsync(run, { name: 'RebuildError', message });
  t.like(error, { failure });
  t.false(error?.message.includes('\n'));
}

function urlOf(serverUrl: string, database: string): string {
  return serverUrl.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${database}`);
}
