/** `mvp-vehicles migrate` that is killed in the middle, at a place where it is known to be. */

import { once } from 'node:events';
import type pg from 'pg';
import { until } from '../../../../etl/testing/looks.ts';
import type { Series } from '../../../../server/database/migrate.ts';
import { withClient } from '../../../harness/cluster.ts';
import { Service } from '../../../harness/service.ts';

type Urls = Readonly<Record<Series, string>>;

export function startMigrator(urls: Urls, dataDir: string): Service {
  const env = { PLATFORM_DATABASE_URL: urls.platform, DATABASE_URL: urls.app, DATA_DIR: dataDir };
  return new Service(env, 'server/cli.ts', ['migrate']);
}

/** Who waits for a lock, or is there at all, of the migrators of this database. */
const MIGRATORS = `select count(*)::int as there, (count(*) filter (where wait_event_type = 'Lock'))::int as waiting
  from pg_stat_activity where application_name = 'mvp-platform-vehicles migrate' and datname = current_database()`;

async function count(client: pg.Client): Promise<{ there: number; waiting: number }> {
  const { rows } = await client.query<{ there: number; waiting: number }>(MIGRATORS);
  return rows[0] ?? { there: 0, waiting: 0 };
}

/**
 * Kills it where it waits for somebody who reads a view of then: before a migration that alters the view's table, else where the views
 * are made anew.
 */
export async function killAtLock(urls: Urls, dataDir: string): Promise<void> {
  await withClient(urls.platform, async (reader) => {
    // Not the one that reads: within its transaction pg_stat_activity would stay as it was.
    await withClient(urls.platform, async (looker) => {
      await reader.query('begin; select from admin.of_then_etl_run');
      const migrator = startMigrator(urls, dataDir);
      try {
        await until(async () => migrator.hasEnded || (await count(looker)).waiting > 0, 'for the migrator');
        if (migrator.hasEnded) throw new Error(`it was not held up: ${migrator.stdout}${migrator.stderr}`);
      } finally {
        if (migrator.child.kill('SIGKILL')) await once(migrator.child, 'exit');
      }
      await reader.query('commit');
      await until(async () => (await count(looker)).there === 0, 'for its connection to end');
    });
  });
}
