import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { projectRoot } from '../../server/config.ts';
import { readLoadList } from '../../server/database/load-list.ts';
import { runSqlFile } from '../../server/database/sql-file.ts';
import { ownDatabase, testServers } from '../../test/harness/databases.ts';
import { findProgram } from '../setup/programs.ts';
import { query, withClient } from '../setup/sql-file.ts';
import { addressOf } from './address.ts';
import { nodeClients } from './node-clients.ts';
import { pgbenchClients } from './pgbench.ts';
import { batchSize, type Clients, type Variant } from './variant.ts';

const vins = Array.from(
  { length: 2 * batchSize + 1 },
  (_, index) => `1HGCM82633A${String(index).padStart(6, '0')}`,
);

const variants: Variant[] = ['select_one', 'lookup'].map((name) => ({
  name,
  file: `clients/${name}.sql`,
  kind: 'new',
  batches: 2,
}));

for (const server of testServers()) {
  test(`PostgreSQL ${server.version}: each kind of client sends statements as the role of the service`, async (t) => {
    const database = await ownDatabase(server, 'empty');
    const folder = mkdtempSync(join(tmpdir(), 'mvp-bench-'));
    t.teardown(async () => {
      rmSync(folder, { recursive: true });
      await database.drop();
    });
    await withClient(database.url, async (client) => {
      for (const file of readLoadList(projectRoot, 'bench/sql/load.sql')) await runSqlFile(client, file);
      await query(client, 'clients/write_batches.sql', ['new', vins, batchSize]);
      const batches = await query<{ vins: string[] }>(client, 'clients/testing/batches.sql');
      t.deepEqual(
        batches.map((row) => row.vins),
        [vins.slice(0, batchSize), vins.slice(batchSize, 2 * batchSize)],
      );
    });

    const address = await addressOf(database.url);
    const pgbench = findProgram('pgbench');
    if (pgbench === null) t.log('pgbench is not installed: left out');
    const kinds: Clients[] = [
      nodeClients(address, new Map([['new', vins]])),
      ...(pgbench === null ? [] : [pgbenchClients(pgbench, address, folder, AbortSignal.timeout(60_000))]),
    ];
    for (const clients of kinds) {
      for (const variant of variants) t.true((await clients(variant, 1)) > 10, variant.name);
      // Not a table of the service's role.
      await t.throwsAsync(clients({ ...variants[0], file: 'clients/testing/forbidden.sql' } as Variant, 1), {
        message: /permission denied/,
      });
    }
  });
}
