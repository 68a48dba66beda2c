/** The process behind the admin pages: its pages, its end, and what its roles may not do. */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { until, withClient } from '../../etl/testing/looks.ts';
import { hurriedWorker } from '../../etl/testing/workers.ts';
import { requestRebuild } from '../../etl/trigger.ts';
import { Worker } from '../../etl/worker.ts';
import { connectionOf } from '../../server/database/pool.ts';
import { layCable } from '../harness/cable.ts';
import { ownDatabase, testServers } from '../harness/databases.ts';
import { Service } from '../harness/service.ts';
import { type AdminService, adminToken, openAdminService } from './admin.ts';
import { problemOf } from './service.ts';

const bearer = { Authorization: `Bearer ${adminToken()}` };

const servers = testServers();

for (const server of servers) {
  const title = (name: string): string => `PostgreSQL ${server.version}: ${name}`;

  async function open(t: ExecutionContext, url: string, idleMs?: number): Promise<AdminService> {
    const service = await openAdminService(url, idleMs === undefined ? {} : { idleMs });
    t.teardown(() => service.close());
    return service;
  }

  test.serial(title('the page of the queue shows its jobs, and changes nothing'), async (t) => {
    const own = await ownDatabase(server, 'empty');
    t.teardown(() => own.drop());
    const worker = await Worker.start(hurriedWorker({ url: own.url, source: '/nowhere', dataDir: '/tmp' }));
    await worker.jobs.offWork('rebuild');
    t.teardown(() => worker.stop());
    const { jobId } = await requestRebuild(worker.jobs, { requestedBy: 'a test' });
    const { ask } = await open(t, own.url);

    for (const path of [
      '/admin/jobs',
      '/admin/jobs/queues',
      '/admin/jobs/queues/rebuild',
      '/admin/jobs/schedules',
      '/admin/jobs/jobs',
      '/admin/jobs/warnings',
      '/admin/jobs/migrations',
      `/admin/jobs/queues/rebuild/jobs/${jobId}`,
    ]) {
      const page = await ask(path, { headers: { ...bearer, Accept: 'text/html' } });
      t.is(page.status, 200, path);
      const html = await page.text();
      t.notRegex(html, /postgres:\/\/|Failed to load/, path);
      const [asset] = /\/admin\/jobs\/assets\/[\w.-]+\.js/.exec(html) ?? [];
      t.is((await ask(asset ?? '', { headers: bearer })).status, 200, path);
    }
    t.regex(
      await (await ask(`/admin/jobs/queues/rebuild/jobs/${jobId}`, { headers: bearer })).text(),
      /a test/,
    );

    // Its own switch and the role, each by itself: what goes past the one meets the other.
    const form = { method: 'POST', headers: bearer, body: new URLSearchParams({ intent: 'cancel' }) };
    await problemOf(t, await ask(`/admin/jobs/queues/rebuild/jobs/${jobId}`, form), 405);
    await withClient(own.url, async (client) => {
      await client.query('set role mvp_platform_jobs');
      await t.throwsAsync(client.query('delete from pgboss.job'), { message: /permission denied/ });
      await t.throwsAsync(client.query("update pgboss.job set state = 'cancelled'"), {
        message: /permission denied/,
      });
    });
  });

  test.serial(
    title('while the database is away requests fail in words, and work again after it'),
    async (t) => {
      const cable = await layCable(server.empty);
      t.teardown(() => cable.close());
      const { graphql, ask } = await open(t, cable.url);
      await cable.cut();
      const away = await ask('/admin/graphql', { method: 'POST', headers: bearer, body: '{}' });
      t.regex((await problemOf(t, away, 503)).detail, /^the admin pages cannot be shown: /);
      await cable.mend();
      await until(async () => (await ask('/admin/graphiql', { headers: bearer })).status === 200);
      t.is((await graphql('{ schedules(first: 1) { totalCount } }')).errors, undefined);
      await cable.cut();
      const { errors = [] } = await graphql('{ schedules(first: 1) { totalCount } }');
      t.is(errors[0]?.extensions?.code, 'unavailable', JSON.stringify(errors));
      await cable.mend();
      await until(async () => (await graphql('{ schedules(first: 1) { totalCount } }')).errors === undefined);
    },
  );

  test.serial(title('a login that has the roles only, and one that has not'), async (t) => {
    const name = `admin_${randomBytes(4).toString('hex')}`;
    const url = new URL(server.empty);
    await withClient(server.admin, (client) => client.query(`create role ${name} login password 'x'`));
    t.teardown(() => withClient(server.admin, (client) => client.query(`drop role ${name}`)));
    url.username = name;
    url.password = 'x';
    const refused = await open(t, url.href);
    const reply = await refused.ask('/admin/graphql', { method: 'POST', headers: bearer, body: '{}' });
    t.regex((await problemOf(t, reply, 503)).detail, /grant mvp_platform_graphql, mvp_platform_jobs to it$/);

    await withClient(server.admin, (client) =>
      client.query(`grant mvp_platform_graphql, mvp_platform_jobs to ${name}`),
    );
    const { graphql } = await open(t, url.href);
    t.is((await graphql('{ schedules(first: 1) { totalCount } }')).errors, undefined);

    const client = new pg.Client(
      connectionOf({
        url: url.href,
        role: 'mvp_platform_graphql',
        applicationName: 'admin tests',
        statementTimeoutMs: 500,
      }),
    );
    client.on('error', () => undefined);
    await client.connect();
    t.teardown(() => client.end());
    const outcome = (sql: string): Promise<string> =>
      client.query(sql).then(
        () => 'done',
        (error) => error.code,
      );
    for (const role of [
      'postgres',
      'mvp_platform_owner',
      'mvp_platform_etl',
      'mvp_platform_user',
      'mvp_platform_admin',
    ]) {
      t.is(await outcome(`set role ${role}`), '42501', role);
    }
    for (const [sql, code] of [
      ["alter system set fsync = 'off'", '42501'],
      ['create database mine', '42501'],
      ["copy (select 1) to program 'true'", '42501'],
      ["select pg_read_file('PG_VERSION')", '42501'],
      ["select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres'", '42501'],
      ['select pg_sleep(30)', '57014'],
      ["set session_replication_role = 'replica'", '42501'],
    ] as const) {
      t.is(await outcome(sql), code, sql);
    }
  });

  // What has nothing to do with the version; starting the process takes a second each time.
  if (server !== servers[0]) continue;

  test.serial(title('GraphiQL is whole: nothing of it comes from elsewhere'), async (t) => {
    const { ask } = await open(t, server.empty);
    const page = await ask('/admin/graphiql', { headers: bearer });
    t.is(page.status, 200);
    const html = await page.text();
    const addresses = [
      ...html.matchAll(/(?:src|href)="([^"#]+)"|"((?:https?:)?\/[^"\s]*\.(?:js|css|json))"/g),
    ]
      .map(([, attribute, text]) => attribute ?? text ?? '')
      .filter((address) => !address.startsWith('data:'));
    t.true(addresses.length > 0);
    for (const address of new Set(addresses)) {
      t.regex(address, /^\/admin\/graphiql\/static\//);
      const asset = await ask(address, { headers: bearer });
      t.is(asset.status, 200, address);
      t.true((await asset.arrayBuffer()).byteLength > 0, address);
    }
    t.is((await ask('/admin/graphiql/static/../../../package.json', { headers: bearer })).status, 404);
  });

  test.serial(title('a process that is killed is started again; one that nobody needs ends'), async (t) => {
    const { graphql, admin } = await open(t, server.empty, 300);
    const asking = async (): Promise<void> => {
      t.deepEqual((await graphql('{ __typename }')).data, { __typename: 'Query' });
    };
    t.is(await admin.process.pid(), null, 'nobody has asked');
    await Promise.all([asking(), asking(), asking()]);
    const first = await admin.process.pid();
    t.truthy(first);
    process.kill(first ?? 0, 'SIGKILL');
    await until(async () => (await admin.process.pid()) !== first);
    await asking();
    const second = await admin.process.pid();
    t.not(second, first);
    await until(async () => (await admin.process.pid()) === null, 'for its end');
    await until(() => !isAlive(second ?? 0));
    await asking();
  });

  test.serial(title('it ends with the server'), async (t) => {
    const service = await openAdminService(server.empty);
    await service.graphql('{ __typename }');
    const pid = await service.admin.process.pid();
    await service.close();
    t.false(isAlive(pid ?? 0));
    t.is((await lateReply(service)).status, 503);
  });

  test.serial(title('it ends, and leaves nothing, when the server is killed'), async (t) => {
    const host = new Service({ PLATFORM_DATABASE_URL: server.empty }, 'test/harness/hold-admin.ts');
    await host.until(() => host.stdout.includes('\n'));
    const { pid, socketPath } = JSON.parse(host.stdout);
    t.true(isAlive(pid));
    t.true(existsSync(socketPath));
    await host.stop('SIGKILL');
    await until(() => !isAlive(pid) && !existsSync(dirname(socketPath)));
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What a request gets that comes when the pages are closed already. */
async function lateReply({ admin }: AdminService): Promise<Response> {
  const { default: express } = await import('express');
  const { errorHandler } = await import('../../server/http/error-handler.ts');
  const { silent } = await import('../../server/auth/testing/tokens.ts');
  const app = express().use('/admin', admin.routes).use(errorHandler(silent));
  const http = app.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as { port: number };
  const reply = await fetch(`http://127.0.0.1:${port}/admin/jobs`, { headers: bearer });
  http.closeAllConnections();
  http.close();
  return reply;
}
