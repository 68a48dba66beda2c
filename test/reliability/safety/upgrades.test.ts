/** What `npm run test:reliability -- --only upgrades` does for every version, for three; and that the comparison sees what is wrong. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { smallDump } from '../../../etl/testing/small-vpic.ts';
import type { Series } from '../../../server/database/migrate.ts';
import { withClient } from '../../harness/cluster.ts';
import { ownDatabase, testServers } from '../../harness/databases.ts';
import { killAtLock } from './upgrades/interrupt.ts';
import { compare, contentOf, makeNow, schemaOf, upgrade } from './upgrades/upgrade.ts';
import { makeVersion } from './upgrades/version.ts';

const [server] = testServers();
if (server === undefined) throw new Error('there is no server');

async function blank(t: ExecutionContext): Promise<string> {
  const database = await ownDatabase(server as NonNullable<typeof server>, 'blank');
  t.teardown(() => database.drop());
  return database.url;
}

/** What an upgrade would be blamed for; without `where` of a thing that has no rows. */
const damages: [what: string, series: Series, sql: string, fault: RegExp][] = [
  [
    'a row',
    'app',
    "delete from garage.vehicles where license_plate = 'alice#1'",
    /garage.vehicles has other rows/,
  ],
  [
    'a value',
    'app',
    "update garage.vehicles set nickname = 'x' where license_plate = 'alice#1'",
    /other rows/,
  ],
  ['a policy', 'app', 'drop policy of_the_user on garage.vehicles', /missing: policy of_the_user/],
  [
    'row-level security',
    'app',
    'alter table garage.vehicles no force row level security',
    /missing: relation garage.vehicles/,
  ],
  [
    'a right too many',
    'platform',
    'grant select on etl.run to mvp_platform_user',
    /too much: grant on relation etl.run: SELECT to mvp_platform_user/,
  ],
  [
    'a function too many',
    'platform',
    'create function api.x() returns int language sql return 1',
    /too much: routine api.x\(\)/,
  ],
  ['an index', 'platform', 'drop index catalog.pattern_key_id', /missing: index/],
  ['a run', 'platform', "delete from etl.run where status = 'failed'", /etl.run has other rows/],
];

test(`PostgreSQL ${server.version}: upgrades keep every row and end in the schema of a fresh database`, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mvp-upgrades-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const source = join(folder, 'vPICList_lite_2026_03.sql');
  writeFileSync(source, smallDump());
  const now = { platform: await blank(t), app: await blank(t) };
  await makeNow(now, { source, dataDir: folder });
  const fresh = { platform: await schemaOf(now.platform), app: await schemaOf(now.app) };
  t.true(fresh.platform.length > 2_000 && fresh.app.length > 100);

  const then = async (series: Series, newest: string): Promise<string> => {
    const url = await blank(t);
    await makeVersion(url, { series, newest: `migrations/${series}/${newest}.sql`, now: now[series] });
    return url;
  };
  const app = await then('app', '0002_create_vehicles');
  t.deepEqual(await upgrade(app, 'app', fresh.app), { applied: 0, tables: 1, rows: 41, faults: [] });
  const platform = await then('platform', '0004_create_catalog');
  const upgraded = await upgrade(platform, 'platform', fresh.platform);
  t.deepEqual(upgraded.faults, []);
  t.true(upgraded.applied > 8 && upgraded.tables > 30 && upgraded.rows > 500);

  const killed = await then('platform', '0010_create_job_queue');
  const before = await contentOf(killed);
  await killAtLock({ platform: killed, app }, folder);
  t.true((await compare(killed, before, fresh.platform)).faults.length > 0, 'it was killed before its end');
  t.deepEqual((await upgrade(killed, 'platform', fresh.platform)).faults, []);

  const content = { platform: await contentOf(now.platform), app: await contentOf(now.app) };
  for (const [what, series, sql, fault] of damages) {
    await withClient(now[series], async (client) => {
      await client.query(sql);
    });
    const { faults } = await compare(now[series], content[series], fresh[series]);
    t.true(
      faults.some((found) => fault.test(found)),
      `${what}: ${faults.join('\n')}`,
    );
  }
});
