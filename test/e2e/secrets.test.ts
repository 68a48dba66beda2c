/** The service is given marked secrets in every place that takes one, and whatever can fail fails: it tells none of them to anybody. */

// needs: fixture

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import jwt from 'jsonwebtoken';
import pg from 'pg';
import { until } from '../../etl/testing/looks.ts';
import { ownDatabase, testServers } from '../harness/databases.ts';
import { Service } from '../harness/service.ts';

const [server] = testServers();
if (server === undefined) throw new Error('there is no server');

/** Found nowhere by chance, and nowhere cut in two: letters and digits only. */
const marked = (name: string): string => `${name}${randomBytes(12).toString('hex')}`;

const secrets = {
  platformPassword: marked('platform'),
  mainPassword: marked('main'),
  redisPassword: marked('redis'),
  jwtSecret: marked('jwtsecretlongenough'),
  webhook: marked('webhook'),
  sourceKey: marked('sourcekey'),
  nickname: marked('nickname'),
  plate: marked('plate'),
  user: marked('user'),
  email: `${marked('jane')}@mail.example`,
  serial: 'F1234567',
};
const VIN = `1AAA2A100${secrets.serial}`;
/** Port 1 refuses connections. */
const NOWHERE = '127.0.0.1:1';

/** A login with a password of its own, in the roles of one database. */
async function login(admin: pg.Client, name: string, password: string): Promise<string> {
  const roles = await admin.query<{ name: string }>(
    "select rolname as name from pg_roles where rolname like 'mvp\\_%' and not rolcanlogin and rolname not like '%owner'",
  );
  await admin.query(`create role ${name} login password '${password}'`);
  await admin.query(`grant ${roles.rows.map((role) => role.name).join(', ')} to ${name}`);
  return name;
}

const withLogin = (url: string, name: string, password?: string): string => {
  const own = new URL(url);
  own.username = name;
  own.password = password ?? '';
  return own.href;
};

/** A site that refuses whoever comes, for good. @returns where it is */
async function startSite(t: ExecutionContext): Promise<string> {
  const site = createServer((_, reply) => reply.writeHead(403).end());
  await once(site.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => site.close());
  return `127.0.0.1:${(site.address() as AddressInfo).port}`;
}

/** Everything that may be asked, and all of it wrongly too. */
async function askAll(url: string): Promise<string> {
  const token = jwt.sign({ sub: secrets.user, email: secrets.email, roles: ['admin'] }, secrets.jwtSecret, {
    expiresIn: '1h',
  });
  let told = '';
  const ask = async (method: string, path: string, body?: unknown, authorization = token): Promise<void> => {
    const reply = await fetch(url + path, {
      method,
      headers: { Authorization: `Bearer ${authorization}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const own = path === '/api/vehicles' && reply.status < 300;
    const text = `${reply.status} ${JSON.stringify([...reply.headers])} ${await reply.text()}`;
    // What a user entrusts the same user gets back; nobody gets back anything else. The admin pages greet whoever came.
    const shown = path === '/admin' ? text.replace(secrets.user, '') : text;
    if (!own) told += `${method} ${path}\n${shown}\n`;
  };
  const vehicle = { vin: VIN, nickname: secrets.nickname, licensePlate: secrets.plate };
  await ask('POST', '/api/vehicles', vehicle);
  for (const body of [
    { ...vehicle, vin: undefined },
    `{"nickname":"${secrets.nickname}`,
    { ...vehicle, x: secrets.email },
  ])
    await ask('POST', '/api/vehicles', body);
  await ask('GET', '/api/vehicles');
  for (const method of ['GET', 'PUT', 'DELETE'])
    await ask(method, '/api/vehicles/none', method === 'PUT' ? vehicle : undefined);
  for (const wrong of [
    `${token}x`,
    secrets.plate,
    jwt.sign({ sub: secrets.user }, 'another secret of more than 32 bytes'),
  ])
    await ask('GET', '/api/vehicles', undefined, wrong);
  for (const path of [
    '/health',
    '/health/ready',
    '/metrics',
    '/api/platform/status',
    '/api/platform/rebuilds',
    '/api/openapi.json',
    '/',
    '/data',
    '/admin',
    '/admin/jobs',
    '/none',
  ])
    await ask('GET', path);
  const query =
    '{ runs { source sourceDetail reason worker } schedules { source worker } jobs { data output } refusals { reason } }';
  for (const asked of [
    query,
    '{ runs(last: 9) { nodes { source sourceDetail reason worker } } }',
    '{ schedules(first: 9) { nodes { source worker } } }',
    '{ __schema { types { name } } }',
    '{ nonsense }',
  ])
    await ask('POST', '/admin/graphql', { query: asked });
  return told;
}

test(`PostgreSQL ${server.version}: what the service says, to whom ever, holds none of its secrets and no user's`, async (t) => {
  const [platform, main] = [await ownDatabase(server, 'fixture'), await ownDatabase(server, 'app')];
  const folder = mkdtempSync(join(tmpdir(), 'mvp-secrets-'));
  const admin = new pg.Client(server.admin);
  await admin.connect();
  const suffix = randomBytes(4).toString('hex');
  const platformLogin = await login(admin, `secrets_platform_${suffix}`, secrets.platformPassword);
  const mainLogin = await login(admin, `secrets_main_${suffix}`, secrets.mainPassword);
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), `${text}\n`);
    return join(folder, name);
  };
  const site = await startSite(t);
  const env = {
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'trace',
    PLATFORM_DATABASE_URL: withLogin(platform.url, platformLogin),
    PLATFORM_DATABASE_PASSWORD_FILE: file('platform', secrets.platformPassword),
    DATABASE_URL: withLogin(main.url, mainLogin),
    DATABASE_PASSWORD_FILE: file('main', secrets.mainPassword),
    REDIS_URL: `redis://${NOWHERE}`,
    REDIS_PASSWORD_FILE: file('redis', secrets.redisPassword),
    JWT_SECRET_FILE: file('jwt', secrets.jwtSecret),
    ALERT_WEBHOOK_URL: `http://${site}/${secrets.webhook}`,
    ETL_SOURCE: `http://${site}/vPICList_lite_2026_03.zip?sig=${secrets.sourceKey}`,
  };
  const service = new Service(env);
  t.teardown(async () => {
    await service.stop('SIGKILL');
    for (const database of [platform, main]) await database.drop();
    await admin.query(`drop role ${platformLogin}; drop role ${mainLogin}`);
    await admin.end();
    rmSync(folder, { recursive: true, force: true });
  });
  const url = await service.listening();
  const runs = new pg.Client(platform.url);
  await runs.connect();
  t.teardown(() => runs.end());
  // Its source cannot be fetched: a run that failed is in the log, in the history and on pages.
  const command = new Service({ ...env, REDIS_URL: '', REDIS_PASSWORD_FILE: '' }, 'server/cli.ts', [
    'etl',
    'run',
    '--source',
    env.ETL_SOURCE,
  ]);
  await command.ended();
  await until(async () => (await runs.query('select from etl.schedule')).rowCount === 1, 'for the worker');

  const said = [
    ['HTTP', await askAll(url)],
    ['etl run', command.stdout + command.stderr],
    ['the log', service.stdout + service.stderr],
  ];
  t.regex(
    said[0]?.[1] ?? '',
    /"reason":"[^"]*the server answers 403/,
    'the run that failed is among what is told',
  );
  // Away for good: connections break, and are made again.
  await admin.query(`alter role ${mainLogin} nologin`);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [mainLogin]);
  said.push(['HTTP without the database', await askAll(url)]);
  // What others who look into PostgreSQL see: statements, and the text of those that failed.
  const { rows } = await admin.query<{ query: string }>(
    'select query from pg_stat_activity where usename in ($1, $2)',
    [platformLogin, mainLogin],
  );
  said.push(['statements', rows.map(({ query }) => query).join('\n')]);
  const refused = new Service({ ...env, DATABASE_URL: withLogin(main.url, mainLogin, secrets.mainPassword) });
  await refused.ended();
  t.not(refused.child.exitCode, 0);
  said.push(['a start that is refused', refused.stdout + refused.stderr]);
  await service.stop();
  said.push(['the log until its end', service.stdout + service.stderr]);

  for (const [where, text = ''] of said) {
    t.true(text.length > 0, `${where} says something`);
    for (const [name, secret] of Object.entries(secrets)) {
      const at = text.indexOf(secret);
      t.is(at, -1, `${where} tells the ${name}: ${text.slice(Math.max(0, at - 300), at + 60)}`);
    }
  }
});
