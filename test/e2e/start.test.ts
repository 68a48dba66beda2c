// needs: data
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { until } from '../../etl/testing/looks.ts';
import { findPostmaster, isAlive } from '../../server/database/embedded/postmaster.ts';
import { ownDatabase, testServers } from '../harness/databases.ts';
import { temporaryFolder } from '../harness/servers.ts';
import { freePort, Service } from '../harness/service.ts';

const name = 'mvp-platform-vehicles';
/** A VIN of the contract's example. */
const vin = '1HGCM82633A004352';

function start(t: ExecutionContext, env: Record<string, string>, program?: string, args?: string[]): Service {
  const service = new Service({ PORT: '0', LOG_LEVEL: 'error', ...env }, program, args);
  t.teardown(async () => {
    if (!service.hasEnded) await service.stop('SIGTERM');
  });
  return service;
}

function folder(t: ExecutionContext): string {
  const path = temporaryFolder();
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function postgresOf(dataDir: string): number | null {
  return findPostmaster(join(dataDir, 'postgres'))?.pid ?? null;
}

/** The worker that the service runs in a process of its own. */
async function workerOf(service: Service): Promise<number> {
  const line = new RegExp(`^\\s*(\\d+)\\s+${service.child.pid} .*server/worker\\.ts --inline`, 'm');
  let pid = 0;
  await until(() => {
    pid = Number(
      line.exec(execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }))?.[1] ?? 0,
    );
    return pid > 0;
  }, 'for the worker');
  return pid;
}

async function statusOf(url: string): Promise<number> {
  const response = await fetch(url);
  await response.arrayBuffer();
  return response.status;
}

/** It refuses to start: one line for people, exit code 1, nothing on standard output. */
async function refuses(t: ExecutionContext, service: Service, line: RegExp): Promise<void> {
  t.is(await service.ended(), 1, service.stderr);
  t.is(service.stdout, '');
  t.is(service.lines.length, 1, service.stderr);
  t.regex(service.lines[0] ?? '', line);
  t.true(service.lines[0]?.startsWith(`${name}: `));
}

const shared = temporaryFolder();
test.after.always(() => rmSync(shared, { recursive: true, force: true }));

test.serial(
  'a first start that is killed in the middle of the load leaves nothing half published',
  async (t) => {
    const service = start(t, { DATA_DIR: shared });
    await service.until(() => /loading|compil/i.test(service.stderr));
    const pid = postgresOf(shared);
    await service.stop('SIGKILL');
    t.is(postgresOf(shared), pid, 'PostgreSQL lives on, for the next start to adopt');
  },
);

test.serial('the next start adopts PostgreSQL, loads, listens; SIGTERM stops everything', async (t) => {
  const pid = postgresOf(shared);
  const service = start(t, { DATA_DIR: shared });
  const url = await service.listening();
  t.is(postgresOf(shared), pid);
  t.is(await statusOf(`${url}/health/ready`), 200);
  t.is(await statusOf(`${url}/api/vehicles/decode/${vin}`), 200);
  // The worker in it comes a moment later.
  await until(async () => (await (await fetch(`${url}/health`)).text()).startsWith('{"status":"up"'));
  const worker = await workerOf(service);
  t.is(await service.stop(), 0);
  t.is(service.stdout, `listening on ${url}\n`);
  t.false(isAlive(worker));
  t.false(isAlive(pid ?? 0));
});

test.serial('a later start loads nothing', async (t) => {
  const service = start(t, { DATA_DIR: shared });
  const url = await service.listening();
  t.notRegex(service.stderr, /loading|compil/i);
  t.is(await statusOf(`${url}/health/ready`), 200);
  // Both npm and the terminal send it.
  service.child.kill('SIGINT');
  t.is(await service.stop('SIGINT'), 0);
  t.is(postgresOf(shared), null);
});

test.serial('killed while it serves; the next start takes over', async (t) => {
  const first = start(t, { DATA_DIR: shared });
  await first.listening();
  const pid = postgresOf(shared);
  const worker = await workerOf(first);
  await first.stop('SIGKILL');
  await until(() => !isAlive(worker), 'for the worker to notice');
  const second = start(t, { DATA_DIR: shared });
  const url = await second.listening();
  t.is(postgresOf(shared), pid);
  t.is(await statusOf(`${url}/health/ready`), 200);
  t.is(await second.stop(), 0);
  t.is(postgresOf(shared), null);
});

test.serial('npm start: SIGTERM to npm alone reaches the service', async (t) => {
  const service = start(t, { DATA_DIR: shared }, 'npm start');
  await service.listening();
  await service.stop();
  // Without exec in the script, npm would end at once and leave the service and its database behind.
  t.is(postgresOf(shared), null);
});

test.serial('commands beside a server, and without one', async (t) => {
  const service = start(t, { DATA_DIR: shared });
  await service.listening();
  for (const isBeside of [true, false]) {
    const command = start(t, { DATA_DIR: shared }, 'server/cli.ts', ['decode', vin, '--json']);
    t.is(await command.ended(), 0, command.stderr);
    t.like(JSON.parse(command.stdout), { vin, make: 'HONDA', year: 2003 });
    t.is(postgresOf(shared) !== null, isBeside);
    if (isBeside) t.is(await service.stop(), 0);
  }
});

test.serial('a file of VINs becomes NDJSON in the same order', async (t) => {
  const file = join(shared, 'vins.txt');
  const vins = Array.from({ length: 450 }, (_, index) => `1HGCM82633A${String(index).padStart(6, '0')}`);
  writeFileSync(file, `${vins.join('\n')}\n\n`);
  const command = start(t, { DATA_DIR: shared }, 'server/cli.ts', ['decode', '--file', file]);
  t.is(await command.ended(), 0, command.stderr);
  const lines = command.stdout.trimEnd().split('\n');
  t.deepEqual(
    lines.map((line) => (JSON.parse(line) as { vin: string }).vin),
    vins,
  );
});

test.serial('a second server on the same DATA_DIR', async (t) => {
  const first = start(t, { DATA_DIR: shared });
  await first.listening();
  await refuses(
    t,
    start(t, { DATA_DIR: shared }),
    /is in use by another server \(process \d+\): stop that one/,
  );
  t.is(await first.stop(), 0);
});

test.serial('SIGTERM in the middle of the first load: a clean stop', async (t) => {
  const dataDir = folder(t);
  const service = start(t, { DATA_DIR: dataDir });
  await service.until(() => /loading|compil/i.test(service.stderr));
  t.is(await service.stop(), 0, service.stderr);
  t.is(service.stdout, '');
  t.is(postgresOf(dataDir), null);
});

test.serial('the port is taken: refused before anything is made', async (t) => {
  const other = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  t.teardown(() => other.close());
  const dataDir = join(folder(t), 'data');
  await refuses(
    t,
    start(t, { DATA_DIR: dataDir, PORT: String(port) }),
    new RegExp(`port ${port} on 127.0.0.1 is in use`),
  );
  t.is(postgresOf(dataDir), null);
});

test.serial('a setting that is wrong', async (t) => {
  await refuses(t, start(t, { PORT: 'eighty' }), /PORT is "eighty": must be a port number/);
});

test.serial('a data directory of another PostgreSQL', async (t) => {
  const dataDir = folder(t);
  mkdirSync(join(dataDir, 'postgres'));
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '16\n');
  await refuses(t, start(t, { DATA_DIR: dataDir }), /was made by PostgreSQL 16, this program brings 18/);
});

test.serial('the database of a URL refuses the login', async (t) => {
  const url = new URL(testServers()[0]?.empty ?? '');
  url.password = 'secret1';
  const service = start(t, { DATA_DIR: folder(t), PLATFORM_DATABASE_URL: url.href });
  await refuses(t, service, /PLATFORM_DATABASE_URL: PostgreSQL at 127\.0\.0\.1:\d+ refuses postgres/);
  t.notRegex(service.stderr, /secret1/);
});

test.serial('a source that cannot be loaded', async (t) => {
  const dataDir = folder(t);
  const source = join(dataDir, 'source.zip');
  writeFileSync(source, 'no zip');
  const service = start(t, { DATA_DIR: dataDir, ETL_SOURCE: source });
  t.is(await service.ended(), 1);
  t.is(service.stdout, '');
  t.regex(service.lines.at(-1) ?? '', /^mvp-platform-vehicles: no vehicle data: /);
  t.is(postgresOf(dataDir), null);
});

for (const server of testServers()) {
  test.serial(`PostgreSQL ${server.version} by URL: nothing embedded is started`, async (t) => {
    const [platform, app] = [await ownDatabase(server, 'data'), await ownDatabase(server, 'app')];
    t.teardown(() => Promise.all([platform.drop(), app.drop()]));
    const dataDir = join(folder(t), 'data');
    const service = start(t, {
      DATA_DIR: dataDir,
      PLATFORM_DATABASE_URL: platform.url,
      DATABASE_URL: app.url,
    });
    const url = await service.listening();
    t.is(await statusOf(`${url}/health/ready`), 200);
    t.is(await statusOf(`${url}/api/vehicles/decode/${vin}`), 200);
    t.is(await statusOf(`${url}/api/vehicles`), 401);
    t.true(service.lines.some((line) => /closed \(401\): set JWT_SECRET, or JWT_JWKS_URI/.test(line)));
    t.is(postgresOf(dataDir), null);
    t.is(await service.stop(), 0);
  });
}
