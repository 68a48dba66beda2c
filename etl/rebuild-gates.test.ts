import test from 'ava';
import { rebuild } from './rebuild.ts';
import type { TableRows } from './testing/dump-text.ts';
import { count, lastRun, one, published, withClient } from './testing/looks.ts';
import { isClean, rebuildServers, refused, testFolder } from './testing/rebuilds.ts';
import { smallDump } from './testing/small-vpic.ts';

const { dataDir, dump, month } = testFolder();

/** The small vPIC with other rows in one table. */
function changed(name: string, table: string, rows: (rows: TableRows['rows']) => TableRows['rows']): string {
  return dump(
    `vPICList_lite_${name}.sql`,
    smallDump((each) => (each.name === table ? { ...each, rows: rows(each.rows) } : each)),
  );
}

/** As many makes as a gate takes notice of. */
const manyMakes = (rows: TableRows['rows']): TableRows['rows'] => [
  ...rows,
  ...Array.from({ length: 200 }, (_, n) => [1000 + n, `Maker ${n}`, '2024-01-01 00:00:00', null]),
];

for (const { url, title } of rebuildServers('gates')) {
  test.serial(
    title('the same file by the same code is unchanged, and stays so until something changes'),
    async (t) => {
      const source = month('2026_01');
      const first = await rebuild({ url, source, dataDir });
      t.is(first.outcome, 'published');
      const again = await rebuild({ url, source, dataDir });
      t.like(again, { outcome: 'unchanged', dataVersion: first.dataVersion, report: null });
      await withClient(url, async (client) => {
        await isClean(t, client, 1, dataDir);
        t.like(await lastRun(client), { status: 'unchanged', run_id: again.runId });
        t.true(
          (await count(client, 'select count(*) from vpic.make')) > 0,
          'the raw rows stay for the checks',
        );
      });
      const forced = await rebuild({ url, source, dataDir, forcedReason: 'to see whether it changes' });
      t.is(forced.outcome, 'published');
      t.not(forced.dataVersion, first.dataVersion);
      await withClient(url, async (client) => {
        await client.query("update mvp_migration.loaded_code set sha256 = 'another program'");
        t.is((await rebuild({ url, source, dataDir })).outcome, 'published', 'compiled by other code');
      });
    },
  );

  test.serial(
    title('a gate refuses, the release stays; by force it is published, with the reason'),
    async (t) => {
      await rebuild({ url, source: changed('2026_02', 'make', manyMakes), dataDir });
      const few = month('2026_03');
      await withClient(url, async (client) => {
        const before = await published(client);
        await refused(
          t,
          rebuild({ url, source: few, dataDir }),
          'refused',
          /^the new data was refused: shrunken_table: catalog\.make lost 200 of 201 rows, 99\.5 % \(allowed: 5\.0 %\)$/,
        );
        await isClean(t, client, before.release_id, dataDir);
        const { reason, ...run } = await lastRun(client);
        t.like(run, { status: 'refused', release_id: null });
        t.regex(String(reason), /^shrunken_table: /);
        t.like(await one(client, 'select * from admin.refusal order by run_id desc limit 1'), {
          check_name: 'shrunken_table',
          is_overridden: false,
          found: { table_name: 'make', rows_before: 201, rows_now: 1 },
        });

        const { report } = await rebuild({
          url,
          source: few,
          dataDir,
          forcedReason: 'NHTSA says that they are gone',
        });
        t.regex(report ?? '', /makes 1 \(-200\), .*\nmakes: 200 removed \(MAKER 0, /);
        t.like(await lastRun(client), {
          status: 'published',
          forced_reason: 'NHTSA says that they are gone',
        });
        t.like(await one(client, 'select * from admin.refusal order by run_id desc limit 1'), {
          check_name: 'shrunken_table',
          is_overridden: true,
        });
      });
    },
  );

  test.serial(title('each gate, by the fault that it is for'), async (t) => {
    const cases: [gate: RegExp, source: string][] = [
      // Every other raw pattern of a schema that does not exist.
      [
        /excessive_finding: .* see admin\.orphan_pattern/,
        changed('a', 'pattern', (rows) => [...rows, [9, 77, 'A', 28, '1861', null, null]]),
      ],
      [
        /excessive_finding: .* see admin\.malformed_key/,
        changed('b', 'pattern', (rows) => [...rows, [9, 1, '[Z-A]', 28, '1861', null, null]]),
      ],
      [
        /excessive_finding: .* see admin\.duplicate_pattern/,
        changed('c', 'pattern', (rows) => [...rows, ...rows.slice(0, 1)]),
      ],
      [/empty_table: catalog\.pattern is empty/, changed('d', 'pattern', () => [])],
      [/lost_make: 1 of 1 WMIs have no make, before 0 of 1/, changed('e', 'wmi_make', () => [])],
      // The model is called otherwise: the canaries tell.
      [
        /changed_canaries: .* most in Model$/,
        changed('f', 'model', (rows) => rows.map(([id, , ...rest]) => [id ?? null, 'Discord', ...rest])),
      ],
    ];
    await withClient(url, async (client) => {
      const before = await published(client);
      for (const [gate, source] of cases) {
        await refused(t, rebuild({ url, source, dataDir }), 'refused', gate);
        await isClean(t, client, before.release_id, dataDir);
      }
    });
  });

  test.serial(title('what was taken back does not come again by itself; old releases go'), async (t) => {
    await withClient(url, async (client) => {
      const good = await published(client);
      const bad = month('2026_04');
      await rebuild({ url, source: bad, dataDir });
      await client.query('select etl.rollback()');
      t.is((await published(client)).release_id, good.release_id);
      await refused(
        t,
        rebuild({ url, source: bad, dataDir }),
        'refused',
        /withdrawn_source: made of the same file as release/,
      );
      await isClean(t, client, good.release_id, dataDir);

      await rebuild({ url, source: month('2026_05'), dataDir, keepReleases: 2 });
      const now = await published(client);
      t.regex(now.data_version, /^2026-05/);
      t.deepEqual(
        (await client.query('select release_id from catalog.release order by 1')).rows.map(
          (row) => row.release_id,
        ),
        [good.release_id, now.release_id],
        'the current one and the one to go back to, past the one that was taken back',
      );
      await isClean(t, client, now.release_id, dataDir);
      await client.query('select etl.rollback()');
      t.is((await published(client)).release_id, good.release_id);
    });
  });

  test.serial(title('a reader that takes its time stops no rebuild and no other reader'), async (t) => {
    await withClient(url, (reader) =>
      withClient(url, async (client) => {
        await reader.query('begin; select from catalog.wmi, catalog.element');
        const source = month('2026_07');
        const { outcome, dataVersion } = await rebuild({ url, source, dataDir, keepReleases: 1 });
        t.is(outcome, 'published');
        t.true((await count(client, 'select count(*) from catalog.release')) > 2, 'what it reads stays');
        await client.query("set statement_timeout = '1s'");
        t.like(await one(client, "select api.decode_vin('1HGCM82633A004352') ->> 'dataVersion' as version"), {
          version: dataVersion,
        });
        await reader.query('rollback');
        await rebuild({ url, source: month('2026_08'), dataDir, keepReleases: 1 });
        t.is(await count(client, 'select count(*) from catalog.release'), 2, 'the next run drops it');
        await isClean(t, client, (await published(client)).release_id, dataDir);
      }),
    );
  });
}
