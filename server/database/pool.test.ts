import test from 'ava';
import pg from 'pg';
import { testServers } from '../../test/harness/databases.ts';
import { until } from '../../test/harness/until.ts';
import { createPool } from './pool.ts';

for (const { version, empty } of testServers()) {
  const on = `PostgreSQL ${version}`;

  test(`${on}: connections take the role and the limits`, async (t) => {
    const url = new URL(empty);
    url.searchParams.set('options', '-c work_mem=5MB');
    const pool = createPool({
      url: url.href,
      role: 'mvp_platform_user',
      applicationName: 'pool test',
      statementTimeoutMs: 1234,
    });
    t.teardown(() => pool.end());
    const { rows } = await pool.query(
      `select current_user::text as role, current_setting('statement_timeout') as timeout,
              current_setting('application_name') as name, current_setting('work_mem') as memory`,
    );
    t.deepEqual(rows, [{ role: 'mvp_platform_user', timeout: '1234ms', name: 'pool test', memory: '5MB' }]);
  });

  test(`${on}: an idle connection that is cut does not end the process; the next query works`, async (t) => {
    const warnings: unknown[] = [];
    const pool = createPool({
      url: empty,
      role: 'mvp_platform_user',
      applicationName: 'pool cut test',
      logger: { warn: (first: unknown) => warnings.push(first) },
    });
    t.teardown(() => pool.end());
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    const admin = new pg.Client(empty);
    await admin.connect();
    await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await admin.end();
    await until(() => warnings.length === 1);
    t.is((await pool.query('select 1')).rowCount, 1);
  });
}
