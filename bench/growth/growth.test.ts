import test from 'ava';
import { projectRoot } from '../../server/config.ts';
import { readLoadList } from '../../server/database/load-list.ts';
import { runSqlFile } from '../../server/database/sql-file.ts';
import { isCheckDigitValid } from '../../server/vin.ts';
import { ownDatabase, testServers } from '../../test/harness/databases.ts';
import { query, withClient } from '../setup/sql-file.ts';

for (const server of testServers()) {
  test(`PostgreSQL ${server.version}: copies of makers have identifiers, ids and VINs of their own`, async (t) => {
    const database = await ownDatabase(server, 'empty');
    t.teardown(() => database.drop());
    await withClient(database.url, async (client) => {
      for (const list of ['bench/sql/load.sql', 'bench/growth/load.sql']) {
        for (const file of readLoadList(projectRoot, list)) await runSqlFile(client, file);
      }
      await query(client, 'growth/testing/raw_rows.sql');
      // More three-character identifiers than there are.
      await t.throwsAsync(query(client, 'growth/multiply_rows.sql', [36_000]), { code: 'VP422' });

      const [made] = await query<{ patterns: string }>(client, 'growth/multiply_rows.sql', [3]);
      t.is(made?.patterns, '8');

      const found = await query<{ wmi: string; characters: number; makes: string; patterns: string }>(
        client,
        'growth/testing/copied.sql',
      );
      t.is(found.length, 8);
      t.is(new Set(found.map(({ wmi }) => wmi)).size, 8);
      for (const { wmi, characters, makes, patterns } of found) {
        t.is(wmi.length, characters);
        t.is(wmi.charAt(2) === '9', characters === 6, wmi);
        // Each leads to a make of its own and to the one pattern of its own schema, whose model is that make's.
        t.is(makes, '1', wmi);
        t.is(patterns, '1', wmi);
      }

      const originals = ['1HGCM82633A004352', '1B9CT1234K1123456', '1HGCM82633A004352'];
      const copies = await query<{ vin: string }>(client, 'growth/copy_vins.sql', [originals, 3]);
      t.is(new Set(copies.map(({ vin }) => vin)).size, 3);
      for (const { vin } of copies) t.true(isCheckDigitValid(vin), vin);
      t.is(copies[0]?.vin.slice(3, 8), 'CM826');
      t.true(found.some(({ wmi }) => wmi === copies[0]?.vin.slice(0, 3)));
    });
  });
}
