/** Looks at a database in which rebuilds run, for tests and for the script that kills them. */

import pg from 'pg';
import { until } from '../../test/harness/until.ts';

export { until };

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function count(client: pg.Client, sql: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(sql);
  return Number(rows[0]?.count);
}

/** The first row of a query. */
export async function one(client: pg.Client, sql: string): Promise<Record<string, unknown>> {
  const { rows } = await client.query<Record<string, unknown>>(sql);
  const [row] = rows;
  if (!row) throw new Error(`no row from ${sql}`);
  return row;
}

/** The newest run. */
export function lastRun(client: pg.Client): Promise<Record<string, unknown>> {
  return one(client, 'select * from admin.run order by run_id desc limit 1');
}

export interface Published {
  status: string;
  release_id: number;
  data_version: string;
  reason: string | null;
}

export async function published(client: pg.Client): Promise<Published> {
  const { rows } = await client.query<Published>(
    `select run.status, current.release_id, release.data_version, run.reason
     from catalog.current_release as current
     join catalog.release using (release_id) join etl.run using (run_id)`,
  );
  const [row] = rows;
  if (!row) throw new Error('nothing is published');
  return row;
}

/** What a rebuild may not leave in the database, in words; empty when all is clean. */
export async function leftovers(client: pg.Client): Promise<string[]> {
  const faults: [what: string, sql: string][] = [
    ['a run without an end', 'select count(*) from etl.run where finished_at is null'],
    ['a release half made', 'select count(*) from catalog.release where not is_complete'],
    [
      'a release never published',
      'select count(*) from catalog.release where release_id not in (select release_id from etl.publication)',
    ],
    [
      'a partition without a release, or a release without one',
      `select abs(
         (select count(*) from catalog.release) * count(*) filter (where relkind = 'p')
         - count(*) filter (where relkind = 'r' and (relispartition or relname ~ '_r[0-9]+$'))
       ) as count
       from pg_class where relnamespace = 'catalog'::regnamespace`,
    ],
  ];
  const found: string[] = [];
  for (const [what, sql] of faults) if ((await count(client, sql)) !== 0) found.push(what);
  return found;
}

export const REBUILDS = "application_name = 'mvp-platform-vehicles etl' and datname = current_database()";

/** Until a rebuild stands before a table that somebody has locked. */
export function isWaiting(client: pg.Client): Promise<void> {
  const waiting = `select count(*) from pg_stat_activity where ${REBUILDS} and wait_event_type = 'Lock' and wait_event = 'relation'`;
  return until(async () => (await count(client, waiting)) > 0, 'for a rebuild that waits');
}

/**
 * While `work` goes on, rebuilds stop in their first compile steps, at a table that somebody else has locked. The lock
 * is on a connection of its own: a transaction would see pg_stat_activity as it was at its first look.
 */
export function locked<T>(url: string, work: () => Promise<T>): Promise<T> {
  return withClient(url, async (client) => {
    await client.query('begin; lock table catalog.element');
    return work();
  });
}
