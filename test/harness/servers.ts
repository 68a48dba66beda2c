import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { asAccount, isRoot, serviceAccount } from '../../server/database/embedded/account.ts';
import type { Home } from '../../server/database/embedded/home.ts';
import { findPostmaster, isAlive, type Postmaster } from '../../server/database/embedded/postmaster.ts';
import { startPostgres, stopPostgres } from '../../server/database/embedded/process.ts';
import { openEmbedded } from '../../server/database/embedded.ts';
import { until } from './until.ts';

/** A PostgreSQL that the tests have to themselves. */
export interface RunningServer {
  major: number;
  url(database: string): string;
  /** Kills it with SIGKILL and starts it again, on another port; for servers that nobody shares. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** Debian's and Ubuntu's place for the oldest version that is supported. */
const debian15 = '/usr/lib/postgresql/15/bin';

export function hasDebian15(): boolean {
  return existsSync(join(debian15, 'postgres'));
}

/** The version that the service brings along. */
export async function startEmbedded18(signal?: AbortSignal): Promise<RunningServer> {
  const folder = temporaryFolder();
  const open = (): ReturnType<typeof openEmbedded> =>
    openEmbedded({
      dataDir: folder,
      use: 'server',
      databases: [],
      note: () => undefined,
      ...(signal === undefined ? {} : { signal }),
    });
  let database = await open();
  await hasten(database.url('postgres'));
  return {
    major: 18,
    url: (name) => database.url(name),
    crash: async () => {
      database = await restart(join(folder, 'postgres'), open);
    },
    stop: async () => {
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A new data directory of PostgreSQL 15, which nothing runs on yet. */
export function initDebian15(folder = temporaryFolder()): { home: Home; folder: string; password: string } {
  const password = randomBytes(12).toString('hex');
  const home: Home = {
    dataDir: folder,
    base: folder,
    cluster: join(folder, 'postgres'),
    account: isRoot() ? serviceAccount() : null,
    binaries: {
      root: debian15,
      initdb: join(debian15, 'initdb'),
      postgres: join(debian15, 'postgres'),
      version: '15',
      major: 15,
    },
  };
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  mkdirSync(home.cluster, { mode: 0o700 });
  if (home.account !== null) {
    for (const path of [passwordFile, home.cluster]) chownSync(path, home.account.uid, home.account.gid);
  }
  const made = spawnSync(
    home.binaries.initdb,
    [
      `--pgdata=${home.cluster}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ],
    { ...asAccount(home.account), encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb of PostgreSQL 15 failed: ${made.stderr}`);
  return { home, folder, password };
}

/** The oldest version that is supported, from the machine's packages. */
export async function startDebian15(signal?: AbortSignal): Promise<RunningServer> {
  const { home, folder, password } = initDebian15();
  const start = async (): Promise<Postmaster> => {
    const started = await startPostgres(home, signal);
    if (started === null) throw new Error('another PostgreSQL 15 runs on the same folder');
    return started;
  };
  let postmaster = await start();
  const url = (name: string): string =>
    `postgres://postgres:${password}@127.0.0.1:${postmaster.port}/${encodeURIComponent(name)}`;
  await hasten(url('postgres'));
  return {
    major: 15,
    url,
    crash: async () => {
      postmaster = await restart(home.cluster, start);
    },
    stop: async () => {
      await stopPostgres(postmaster, home.cluster);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Longest time in which the children of a killed postmaster notice that it is gone. */
const orphansMs = 60_000;

/** SIGKILL to the postmaster; only when its children have gone as well, another one can have the folder. */
async function restart<T>(cluster: string, start: () => Promise<T>): Promise<T> {
  const postmaster = findPostmaster(cluster);
  if (postmaster === null) throw new Error(`no PostgreSQL runs in ${cluster}`);
  process.kill(postmaster.pid, 'SIGKILL');
  await until(() => !isAlive(postmaster.pid), 'for the end of PostgreSQL');
  const deadline = Date.now() + orphansMs;
  for (;;) {
    try {
      return await start();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(50);
  }
}

/** Test servers need not survive a power cut. */
async function hasten(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('alter system set fsync = off');
    await client.query('alter system set full_page_writes = off');
    await client.query('select pg_reload_conf()');
  } finally {
    await client.end();
  }
}

/** A folder that the OS user postgres can enter too, which mkdtemp alone would not give. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mvp-test-'));
  chmodSync(folder, 0o755);
  return folder;
}
