import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { temporaryFolder } from '../../test/harness/servers.ts';
import { Failure } from '../failure.ts';
import { findPostmaster, isAlive } from './embedded/postmaster.ts';
import { type EmbeddedDatabase, openEmbedded } from './embedded.ts';

function folder(t: ExecutionContext): string {
  const path = temporaryFolder();
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function open(
  dataDir: string,
  use: 'server' | 'command' = 'server',
  notes: string[] = [],
): Promise<EmbeddedDatabase> {
  return openEmbedded({
    dataDir,
    use,
    databases: ['motovaultpro', 'mvp-platform-vehicles'],
    note: (line) => notes.push(line),
  });
}

function pidOf(dataDir: string): number | null {
  return findPostmaster(join(dataDir, 'postgres'))?.pid ?? null;
}

async function query(url: string, sql: string): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows[0];
  } finally {
    await client.end();
  }
}

/** Another process that holds the database. @returns it and its first line */
async function hold(
  t: ExecutionContext,
  dataDir: string,
  use: 'server' | 'command',
): Promise<[ChildProcess, string]> {
  const script = fileURLToPath(new URL('../../test/harness/hold-embedded.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir, use], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) return [child, line];
  return [child, ''];
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  return new Promise((resolve) => child.once('exit', resolve));
}

test.serial('makes a cluster, stops, starts again with the same data', async (t) => {
  const dataDir = folder(t);
  const first = await open(dataDir);
  t.is(first.how, 'started');
  const settings = await query(
    first.url('mvp-platform-vehicles'),
    `select current_setting('server_encoding') as encoding, current_setting('fsync') as fsync, upper('é') as upper,
            (select datlocprovider::text from pg_database where datname = current_database()) as provider`,
  );
  t.deepEqual(settings, { encoding: 'UTF8', fsync: 'on', upper: 'É', provider: 'b' });
  await query(first.url('motovaultpro'), 'create table kept (id int)');
  t.is(statSync(join(dataDir, 'postgres.password')).mode & 0o777, 0o600);
  const pid = pidOf(dataDir) ?? 0;
  await Promise.all([first.stop(), first.stop()]);
  t.false(isAlive(pid));
  const second = await open(dataDir);
  t.deepEqual(await query(second.url('motovaultpro'), 'select count(*)::int as n from kept'), { n: 0 });
  await second.stop();
  t.is(pidOf(dataDir), null);
});

test.serial('strangers cannot get in', async (t) => {
  const database = await open(folder(t));
  t.teardown(() => database.stop());
  const url = new URL(database.url('postgres'));
  url.password = 'guess';
  await t.throwsAsync(query(url.href, 'select 1'), { code: '28P01' });
});

test.serial(
  'a second server is refused and names the first; a command joins and leaves it running',
  async (t) => {
    const dataDir = folder(t);
    const [server, how] = await hold(t, dataDir, 'server');
    t.is(how, 'started');
    await t.throwsAsync(open(dataDir, 'server'), {
      instanceOf: Failure,
      message: `${dataDir} is in use by another server (process ${server.pid}): stop that one, or set another DATA_DIR`,
    });
    const command = await open(dataDir, 'command');
    t.is(command.how, 'joined');
    await command.stop();
    t.not(pidOf(dataDir), null);
    server.kill('SIGTERM');
    t.is(await ended(server), 0);
    t.is(pidOf(dataDir), null);
  },
);

test.serial('of several commands the last one stops it', async (t) => {
  const dataDir = folder(t);
  const first = await open(dataDir, 'command');
  const [second, how] = await hold(t, dataDir, 'command');
  t.deepEqual([first.how, how], ['started', 'joined']);
  await first.stop();
  t.not(pidOf(dataDir), null);
  second.kill('SIGTERM');
  await ended(second);
  t.is(pidOf(dataDir), null);
});

test.serial('a killed server leaves it running; the next one adopts it and stops it', async (t) => {
  const dataDir = folder(t);
  const [server] = await hold(t, dataDir, 'server');
  const pid = pidOf(dataDir);
  server.kill('SIGKILL');
  await ended(server);
  t.is(pidOf(dataDir), pid);
  const next = await open(dataDir);
  t.is(next.how, 'joined');
  await next.stop();
  t.is(pidOf(dataDir), null);
});

test.serial('three servers at once on nothing: one has it, two are refused', async (t) => {
  const dataDir = folder(t);
  const all = await Promise.all([1, 2, 3].map(() => hold(t, dataDir, 'server')));
  const lines = all.map(([, line]) => line);
  t.is(lines.filter((line) => line === 'started' || line === 'joined').length, 1, lines.join('\n'));
  t.is(lines.filter((line) => line.includes('is in use by another server')).length, 2, lines.join('\n'));
  for (const [child] of all) {
    child.kill('SIGTERM');
    await ended(child);
  }
  t.is(pidOf(dataDir), null);
});

for (const afterMs of [50, 300, 600]) {
  test.serial(
    `a signal ${afterMs} ms into the first start leaves nothing running and nothing half made`,
    async (t) => {
      const dataDir = folder(t);
      const script = fileURLToPath(new URL('../../test/harness/hold-embedded.ts', import.meta.url));
      const child = spawn(process.execPath, [script, dataDir, 'server'], { stdio: 'ignore' });
      // Not from the start of the process: what matters is the time since it listens to signals and works.
      while (!existsSync(join(dataDir, 'postgres.password'))) await sleep(5);
      await sleep(afterMs);
      child.kill('SIGTERM');
      await ended(child);
      t.is(pidOf(dataDir), null);
      t.deepEqual(
        readdirSync(dataDir).filter((name) => name.includes('.new-')),
        [],
      );
      const next = await open(dataDir);
      await next.stop();
    },
  );
}

test.serial('drafts of a start that was killed are cleared away', async (t) => {
  const dataDir = folder(t);
  const [child] = [spawn(process.execPath, ['-e', ''])];
  await ended(child);
  mkdirSync(join(dataDir, `postgres.new-${child.pid}`, 'base'), { recursive: true });
  writeFileSync(join(dataDir, `postgres.new-${child.pid}.password`), 'x');
  const database = await open(dataDir);
  await database.stop();
  t.deepEqual(
    readdirSync(dataDir).filter((name) => name.includes('.new-')),
    [],
  );
});

test.serial('a process file that names another program does not keep it from starting', async (t) => {
  const dataDir = folder(t);
  await (await open(dataDir)).stop();
  const cluster = join(dataDir, 'postgres');
  writeFileSync(
    join(cluster, 'postmaster.pid'),
    `${process.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`,
  );
  const database = await open(dataDir);
  t.is(database.how, 'started');
  await database.stop();
});

test.serial('a path too long for a socket', async (t) => {
  const dataDir = join(folder(t), 'd'.repeat(120));
  const database = await open(dataDir);
  const socket = findPostmaster(join(dataDir, 'postgres'))?.socketDir ?? '';
  t.is(dirname(socket), tmpdir());
  await database.stop();
  t.false(existsSync(socket));
});

test.serial(
  'as root below a folder closed to others, the cluster is elsewhere and found again',
  async (t) => {
    if (process.getuid?.() !== 0) {
      t.pass('only root needs this');
      return;
    }
    const dataDir = mkdtempSync(join(tmpdir(), 'mvp-closed-'));
    chmodSync(dataDir, 0o700);
    const notes: string[] = [];
    const database = await open(dataDir, 'server', notes);
    const cluster = readFileSync(join(dataDir, 'postgres.location'), 'utf8').trim();
    t.teardown(() => {
      rmSync(dataDir, { recursive: true });
      rmSync(dirname(cluster), { recursive: true });
    });
    t.regex(cluster, /^\/var\/lib\/mvp-platform-vehicles\/[0-9a-f]{12}\/postgres$/);
    t.regex(notes[0] ?? '', /^the database of .* is in \/var\/lib/);
    await query(database.url('motovaultpro'), 'create table kept (id int)');
    await database.stop();
    const again = await open(dataDir);
    t.deepEqual(await query(again.url('motovaultpro'), 'select count(*)::int as n from kept'), { n: 0 });
    await again.stop();
    t.is(findPostmaster(cluster), null);
  },
);

const broken: [reason: string, breakIt: (dataDir: string) => void, message: RegExp][] = [
  [
    'a data directory of another version',
    (dataDir) => writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '17\n'),
    /postgres was made by PostgreSQL 17, this program brings 18: .*pg_dump/,
  ],
  [
    'a folder that is no data directory',
    (dataDir) => rmSync(join(dataDir, 'postgres/PG_VERSION')),
    /postgres is not a PostgreSQL data directory: move it away/,
  ],
  [
    'a lost password',
    (dataDir) => rmSync(join(dataDir, 'postgres.password')),
    /postgres\.password is missing and the database needs it/,
  ],
  [
    'a wrong password',
    (dataDir) => writeFileSync(join(dataDir, 'postgres.password'), 'another'),
    /postgres\.password is not the password of the database/,
  ],
  [
    'a damaged control file',
    (dataDir) => writeFileSync(join(dataDir, 'postgres/global/pg_control'), 'x'),
    /^the embedded PostgreSQL did not start \(.*\): see .*postgres\.log$/,
  ],
];

for (const [reason, breakIt, message] of broken) {
  test.serial(`refused: ${reason}`, async (t) => {
    const dataDir = folder(t);
    await (await open(dataDir)).stop();
    breakIt(dataDir);
    const error = await t.throwsAsync(open(dataDir), { instanceOf: Failure, message });
    t.notRegex(error.message, /\n/);
    t.is(pidOf(dataDir), null);
  });
}

test.serial('refused: a file where DATA_DIR should be', async (t) => {
  const file = join(folder(t), 'file');
  writeFileSync(file, '');
  await t.throwsAsync(open(file), {
    instanceOf: Failure,
    message: /cannot be a folder, a file is in its way/,
  });
  await t.throwsAsync(open(join(file, 'below')), { instanceOf: Failure, message: /a file is in its way/ });
});

test.serial('refused: a folder that cannot be written', async (t) => {
  // /proc takes no folders, not even from root.
  await t.throwsAsync(open('/proc/mvp-data'), { instanceOf: Failure, message: /\/proc\/mvp-data cannot be/ });
});
