/** One upgrade: a database of then becomes one of now, and nothing is lost on the way. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { rebuild } from '../../../../etl/rebuild.ts';
import { projectRoot } from '../../../../server/config.ts';
import { migrate, type Series } from '../../../../server/database/migrate.ts';
import { withClient } from '../../../harness/cluster.ts';
import { loadFixture } from '../../../harness/prepare.ts';
import { type Table, tablesOf, textOf } from './tables.ts';

const folder = 'test/reliability/safety/upgrades';
const read = (name: string): string => readFileSync(join(projectRoot, folder, name), 'utf8');

/** Two blank databases become what a fresh installation is after some months. @param source a dump that passes the gates */
export async function makeNow(
  urls: Readonly<Record<Series, string>>,
  { source, dataDir }: { source: string; dataDir: string },
): Promise<void> {
  await migrate({ url: urls.platform, series: 'platform' });
  await loadFixture(urls.platform);
  // The gates would see that nearly all of the fixture is gone.
  await rebuild({ url: urls.platform, source, dataDir, forcedReason: 'another country' });
  await migrate({ url: urls.app, series: 'app' });
  await withClient(urls.platform, (client) => run(client, read('rows.sql')));
  await withClient(urls.app, (client) => run(client, read('garage-rows.sql')));
}

async function run(client: pg.Client, sql: string): Promise<void> {
  await client.query(sql);
}

/** What a database is made of, in lines; see schema.sql. */
export async function schemaOf(url: string): Promise<string[]> {
  let lines: string[] = [];
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ line: string }>(read('schema.sql'));
    lines = rows.map(({ line }) => line);
  });
  return lines;
}

/** The rows of every table, by table. */
export async function contentOf(url: string): Promise<Map<Table, string>> {
  const content = new Map<Table, string>();
  await withClient(url, async (client) => {
    for (const table of await tablesOf(client)) content.set(table, await textOf(client, table));
  });
  return content;
}

export interface Upgraded {
  /** Tables that had rows. */
  readonly tables: number;
  readonly rows: number;
  readonly applied: number;
  /** What is not there any more, or is otherwise than in a fresh database. */
  readonly faults: string[];
}

/** Upgrades, and compares with before and with a fresh database. @param fresh what {@link schemaOf} says of one */
export async function upgrade(url: string, series: Series, fresh: readonly string[]): Promise<Upgraded> {
  const before = await contentOf(url);
  const { applied } = await migrate({ url, series });
  return { applied: applied.length, ...(await compare(url, before, fresh)) };
}

/** What an upgrade took away or left over. */
export async function compare(
  url: string,
  before: ReadonlyMap<Table, string>,
  fresh: readonly string[],
): Promise<Omit<Upgraded, 'applied'>> {
  const faults: string[] = [];
  let tables = 0;
  let count = 0;
  await withClient(url, async (client) => {
    const now = new Map((await tablesOf(client)).map((table) => [table.name, table.columns]));
    for (const [table, text] of before) {
      if (text === '') continue;
      const columns = table.columns.filter((column) => now.get(table.name)?.includes(column));
      tables += 1;
      count += text.split('\n').length;
      // A column that is taken away says so in its migration; all others keep their values.
      const kept = columns.length === table.columns.length;
      const after = await textOf(client, { ...table, columns });
      if (kept ? after !== text : after.split('\n').length !== text.split('\n').length)
        faults.push(`${table.name} has other rows than before`);
    }
  });
  const schema = await schemaOf(url);
  const [had, wanted] = [new Set(schema), new Set(fresh)];
  faults.push(...fresh.filter((line) => !had.has(line)).map((line) => `missing: ${line}`));
  faults.push(...schema.filter((line) => !wanted.has(line)).map((line) => `too much: ${line}`));
  return { tables, rows: count, faults };
}
