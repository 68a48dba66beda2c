import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import type { CopyValue } from './copy.ts';
import { rebuild } from './rebuild.ts';
import { withDatabase } from './testing/database.ts';
import { makeDump, type TableRows } from './testing/dump-text.ts';
import { testServers, withClient } from './testing/servers.ts';
import { smallDump, smallTables } from './testing/small-vpic.ts';

const folder = mkdtempSync(join(tmpdir(), 'mvp-hostile-'));
test.after.always(() => rmSync(folder, { recursive: true }));

function dump(name: string, sql: string): string {
  const path = join(folder, name);
  writeFileSync(path, sql);
  return path;
}

const trace = join(folder, 'was-here');

/** What a file could ask of whoever runs it. */
const orders = `
\\! touch ${trace}
\\o | touch ${trace}
\\copy vpic.make to '${trace}'
\\set ON_ERROR_STOP off
\\c postgres
DROP SCHEMA catalog CASCADE;
CREATE ROLE intruder SUPERUSER;
ALTER ROLE mvp_platform_user SUPERUSER;
CREATE FUNCTION vpic.evil() RETURNS trigger LANGUAGE plpgsql AS $$ begin drop schema etl cascade; end; $$;
CREATE TRIGGER evil BEFORE INSERT ON vpic.make EXECUTE FUNCTION vpic.evil();
DO $do$ begin execute 'drop schema api cascade'; end; $do$;
SET session_replication_role = replica;
SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity;
COMMIT; ROLLBACK; BEGIN;
`;

/** Tables whose names and columns are orders, among those of NHTSA; their rows as well. */
const strangers: readonly TableRows[] = [
  {
    name: '"x""; drop table vpic.make; --"',
    columns: ['id', 'name'],
    rows: [[1, "'; drop schema api cascade; --"]],
  },
  {
    name: '"make\'); select 1; --"',
    columns: ['id', 'evil"" int) ; drop table vpic.wmi; --'],
    rows: [[1, '\\.']],
  },
  { name: 'lookup', columns: ['lookup_table', 'id', 'name'], rows: [['bodystyle', 1, 'forged']] },
  { name: 'pg_authid', columns: ['rolname', 'rolsuper'], rows: [['intruder', true]] },
  { name: 'no_columns', columns: ['ctid'], rows: [['(0,1)']] },
];

for (const server of testServers) {
  test(`PostgreSQL ${server.version}: nothing of a dump is executed`, async (t) => {
    await withDatabase(server, 'etl_hostile', async (url) => {
      const source = dump('hostile.sql', orders + makeDump(strangers) + orders + smallDump() + orders);
      const { dataVersion } = await rebuild({ url, source, dataDir: folder });
      t.regex(dataVersion, /^file-/);
      t.false(existsSync(trace));
      await withClient(url, async (client) => {
        const { rows } = await client.query(`
          select
            (select count(*)::int from pg_roles where rolname = 'intruder') as intruders,
            (select rolsuper from pg_roles where rolname = 'mvp_platform_user') as is_super,
            (select count(*)::int from pg_proc where proname = 'evil') as functions,
            (select array_agg(name order by name) from vpic.lookup where lookup_table = 'bodystyle') as names,
            (select array_agg(distinct lookup_table order by lookup_table) from vpic.lookup) as lookups,
            (select count(*)::int from vpic.make) as makes,
            api.decode_vin('1HGCM82633A004352') ->> 'model' as model`);
        t.deepEqual(rows[0], {
          intruders: 0,
          is_super: false,
          functions: 0,
          names: ["Convertible\t'Cabriolet'", 'Sedan/Saloon'],
          lookups: ['bodystyle', 'lookup', 'x"; drop table vpic.make; --'],
          makes: 1,
          model: 'Accord',
        });
        const skipped = await client.query<{ step: string; row_count: string }>(
          "select step, row_count from etl.run_step where step like 'skip %' order by step",
        );
        t.deepEqual(
          skipped.rows.map(({ step, row_count }) => [step, Number(row_count)]),
          [
            ['skip decodingoutput', 2],
            ["skip make'); select 1; --", 1],
            ['skip no_columns', 1],
            ['skip pg_authid', 1],
          ],
        );
      });
    });
  });

  test(`PostgreSQL ${server.version}: rows that no release can hold are left out, counted and kept to look at`, async (t) => {
    await withDatabase(server, 'etl_bad_rows', async (url) => {
      const bad: Readonly<Record<string, CopyValue[][]>> = {
        pattern: [
          [4, 1, 'CM8', 5, null, null, null],
          [5, null, 'CM8', 5, '13', null, null],
          [6, 1, null, 5, '13', null, null],
          [7, 1, '[Z-A]', 5, '13', null, null],
          [8, 777, 'CM8', 777, 'nobody', null, null],
        ],
        wmi: [[2, '1HG', 988, null, 2, '2015-01-01 00:00:00', null]],
        make: [[475, null, null, null]],
        wmi_make: [[1, null]],
        wmi_vinschema: [[2, 1, 1, 2009, 2147483647, null]],
      };
      const worse = smallTables.map((table) => ({
        ...table,
        rows: [...table.rows, ...(bad[table.name] ?? [])],
      }));
      await rebuild({
        url,
        source: dump(`bad_rows_${server.version}.sql`, makeDump(worse)),
        dataDir: folder,
        // Six of thirty rows: the gates would not let that pass.
        forcedReason: 'bad on purpose',
      });
      await withClient(url, async (client) => {
        const { rows } = await client.query(
          "select table_name, reason, row_count::int, samples -> 0 ->> 'id' as id from admin.rejected_row order by 1, 2",
        );
        t.deepEqual(
          rows.map((row) => Object.values(row)),
          [
            ['make', 'no name', 1, '475'],
            ['pattern', 'no schema', 1, '5'],
            ['pattern', 'no value', 1, '4'],
            ['wmi', 'a second row of its WMI', 1, '2'],
            ['wmi_make', 'no make', 1, null],
            ['wmi_vinschema', 'a year beyond 9999', 1, '2'],
          ],
        );
        const decoded = await client.query("select api.decode_vin('1HGCM82633A004352') ->> 'model' as model");
        t.deepEqual(decoded.rows, [{ model: 'Accord' }]);
      });
    });
  });
}
