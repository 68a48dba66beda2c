import { randomBytes } from 'node:crypto';
import test from 'ava';
import { withClient } from '../../etl/testing/looks.ts';
import { ownDatabase, testServers } from '../../test/harness/databases.ts';
import { readConfig } from '../config.ts';
import { createPool } from '../database/pool.ts';
import { ensureData } from './first-load.ts';

for (const server of testServers()) {
  test(`PostgreSQL ${server.version}: a login that may only serve waits for the data of others`, async (t) => {
    const own = await ownDatabase(server, 'empty');
    const login = `serve_${randomBytes(6).toString('hex')}`;
    await withClient(server.admin, async (client) => {
      await client.query(`create role ${login} login password 'known' in role mvp_platform_user`);
    });
    const url = new URL(own.url);
    url.username = login;
    url.password = 'known';
    const pool = createPool({ url: url.href, role: 'mvp_platform_user', applicationName: 'first load' });
    t.teardown(async () => {
      await pool.end();
      await own.drop();
      await withClient(server.admin, (client) => client.query(`drop role ${login}`));
    });
    const stop = new AbortController();
    const lines: string[] = [];
    const waiting = ensureData(
      pool,
      { url: url.href, source: 'bundled', config: readConfig({}), signal: stop.signal },
      (line) => {
        lines.push(line);
        stop.abort();
      },
    );
    await t.throwsAsync(waiting, { name: 'AbortError' });
    t.is(lines.length, 1);
    t.regex(
      lines[0] ?? '',
      /^nothing is published, and the login .* may only serve: waiting for npm run worker/,
    );
  });
}
