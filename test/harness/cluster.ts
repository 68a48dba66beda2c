import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import pg from 'pg';
import { asAccount } from '../../server/database/embedded/account.ts';
import { ensureCluster, superuser } from '../../server/database/embedded/cluster.ts';
import { findHome, type Home } from '../../server/database/embedded/home.ts';
import { findPostmaster, isAlive } from '../../server/database/embedded/postmaster.ts';
import { temporaryFolder } from './servers.ts';
import { freePort } from './service.ts';
import { until } from './until.ts';

/** A PostgreSQL whose process a test may do anything to. */
export interface Postgres {
  readonly url: string;
  /** SIGKILL to the postmaster and all its children, at once. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=64MB',
  'wal_level=replica',
  'max_wal_senders=4',
  'fsync=off',
  'full_page_writes=off',
  'autovacuum=off',
  'timezone=UTC',
  'jit=off',
  'dynamic_shared_memory_type=mmap',
];

export interface ClusterOptions {
  home: Home;
  /** PostgreSQL's own data directory. */
  folder: string;
  /** The one that {@link Postgres.url} names. */
  database: string;
  port: number;
  password: string;
  settings: readonly string[];
}

/**
 * One made for the test, with an empty database.
 * @param settings as after `postgres -c`; they come last, so they count
 * @param folder around its data directory; one of its own when absent
 */
export async function startCluster(
  database: string,
  settings: readonly string[] = [],
  folder = temporaryFolder(),
): Promise<{
  cluster: Cluster;
  home: Home;
  /** Around its data directory. */
  folder: string;
  /** Kills it and removes all of it. */
  remove(): Promise<void>;
}> {
  const home = findHome(folder, () => undefined);
  const password = await ensureCluster(home, () => undefined);
  const cluster = new Cluster({
    home,
    folder: home.cluster,
    database,
    port: await freePort(),
    password,
    settings,
  });
  await cluster.start();
  await withClient(cluster.urlOf('postgres'), async (admin) => {
    await admin.query(`create database ${pg.escapeIdentifier(database)} template template0 encoding 'UTF8'`);
  });
  return {
    cluster,
    home,
    folder,
    remove: async () => {
      await cluster.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export class Cluster implements Postgres {
  readonly #options: ClusterOptions;
  #child: ChildProcess | null = null;

  constructor(options: ClusterOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get port(): number {
    return this.#options.port;
  }

  /** The postmaster's process; undefined while there is none. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get password(): string {
    return this.#options.password;
  }

  get url(): string {
    return this.urlOf(this.#options.database);
  }

  /** A superuser's URL of one of its databases. */
  urlOf(database: string): string {
    const { port, password } = this.#options;
    return `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  }

  async start(): Promise<void> {
    const { home, folder, port } = this.#options;
    const settings = [`port=${port}`, ...SETTINGS, ...this.#options.settings];
    const child = spawn(
      home.binaries.postgres,
      ['-D', folder, ...settings.flatMap((setting) => ['-c', setting])],
      { ...asAccount(home.account), stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    );
    this.#child = child;
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2_000);
    });
    await until(
      () => {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`PostgreSQL ended: ${said}`);
        return findPostmaster(folder)?.status === 'ready';
      },
      () => `for PostgreSQL on port ${port}; it said ${said}`,
    );
  }

  /** Ends it as an administrator does who is in a hurry: clients are cut off, and what was committed is written down. */
  async shutDown(): Promise<void> {
    const child = this.#child;
    if (child === null || !this.isRunning) return;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined || !this.isRunning) return;
    const ended = once(child, 'exit');
    // Held, it makes no child that nobody would kill.
    child.kill('SIGSTOP');
    // Children are sessions of their own: they are found by their parent. Not synchronously: cables run in this process.
    const { stdout } = await promisify(execFile)('pgrep', ['-P', String(child.pid)]).catch(() => ({
      stdout: '',
    }));
    const pids = [child.pid, ...stdout.split('\n').filter(Boolean).map(Number)];
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
    await ended;
    // While one of them still holds the shared memory, the next postmaster refuses to start.
    await until(() => !pids.some(isAlive), 'for the killed processes of PostgreSQL to be gone');
  }
}

/** Works on a connection of its own. */
export async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
