import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Failure, hasCode } from '../failure.ts';
import { ensureCluster, superuser } from './embedded/cluster.ts';
import { findHome, type Home } from './embedded/home.ts';
import type { Postmaster } from './embedded/postmaster.ts';
import { findPostmaster } from './embedded/postmaster.ts';
import { send, startPostgres, stopPostgres, waitForPostmaster } from './embedded/process.ts';

export interface EmbeddedOptions {
  /** Absolute path; made when missing. */
  dataDir: string;
  /** A server is the only one on its DATA_DIR and stops PostgreSQL; commands share it, the last one stops it. */
  use: 'server' | 'command';
  /** Databases to create when missing. */
  databases: readonly string[];
  /** Gets lines for people: what is being made, and where. */
  note: (line: string) => void;
  /** Abandons the start; what was started is stopped. */
  signal?: AbortSignal;
}

export interface EmbeddedDatabase {
  /** Whether this call started PostgreSQL, or found it running. */
  how: 'started' | 'joined';
  /** A superuser's URL of one database. */
  url(database: string): string;
  /** Stops PostgreSQL if that is ours to do; resolves when it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

/*
 * Who uses a running cluster is written in advisory locks of its database "postgres", held by one connection
 * per process: they vanish with the process however it dies, which no file does. A server holds `server`
 * alone; everyone holds `users` together, and a command stops PostgreSQL only when it gets `users` for itself.
 */
const locks = { space: 0x6d7670, server: 1, users: 2 } as const;

/**
 * Opens the embedded PostgreSQL of DATA_DIR: joins the one that runs (a server's, or one that outlived a
 * killed server), else starts it; makes the cluster on first use.
 * @throws {Failure} one line: wrong version, no space, no permission, another server uses it
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { note, signal } = options;
  const home = findHome(options.dataDir, note);
  const password = await ensureCluster(home, note, signal);
  // Repeats when the one found running goes away meanwhile, or when another process is faster at starting it.
  for (let attempt = 1; attempt <= 20; attempt++) {
    const running = await waitForPostmaster(home.cluster, signal);
    const postmaster = running ?? (await startPostgres(home, signal));
    if (postmaster === null) continue;
    const database = new Embedded(
      home,
      postmaster,
      password,
      running === null ? 'started' : 'joined',
      options.use,
    );
    try {
      if (!(await database.claim())) {
        await sleep(100);
        continue;
      }
      for (const name of options.databases) await database.create(name);
      signal?.throwIfAborted();
      return database;
    } catch (error) {
      await database.abandon();
      throw error;
    }
  }
  throw new Failure(`PostgreSQL in ${home.cluster} starts and stops again: see ${home.dataDir}/postgres.log`);
}

class Embedded implements EmbeddedDatabase {
  readonly how: 'started' | 'joined';
  readonly #home: Home;
  readonly #postmaster: Postmaster;
  readonly #password: string;
  readonly #use: 'server' | 'command';
  #keeper: pg.Client | null = null;
  #claimed = false;
  #stopping: Promise<void> | null = null;
  /** The last resort when the process leaves without stop(), after an uncaught error. */
  readonly #atExit = (): void => {
    if (findPostmaster(this.#home.cluster)?.pid === this.#postmaster.pid)
      send(this.#postmaster.pid, 'SIGINT');
  };

  constructor(
    home: Home,
    postmaster: Postmaster,
    password: string,
    how: 'started' | 'joined',
    use: 'server' | 'command',
  ) {
    this.#home = home;
    this.#postmaster = postmaster;
    this.#password = password;
    this.how = how;
    this.#use = use;
    if (how === 'started') process.once('exit', this.#atExit);
  }

  url(database: string): string {
    const login = `${superuser}:${encodeURIComponent(this.#password)}`;
    return `postgres://${login}@127.0.0.1:${this.#postmaster.port}/${encodeURIComponent(database)}`;
  }

  /** Takes the locks. @returns false when PostgreSQL went away meanwhile @throws {Failure} when a server has it */
  async claim(): Promise<boolean> {
    const keeper = new pg.Client({
      connectionString: this.url('postgres'),
      application_name: `mvp-platform-vehicles ${this.#use}, process ${process.pid}`,
      connectionTimeoutMillis: 10_000,
    });
    // Ends with PostgreSQL; whoever uses a database notices that on connections of their own.
    keeper.on('error', () => undefined);
    try {
      await keeper.connect();
      this.#keeper = keeper;
      if (this.#use === 'server' && !(await this.#try('pg_try_advisory_lock', locks.server))) {
        throw new Failure(
          `${this.#home.dataDir} is in use by another server${await this.#holder()}: stop that one, or set another DATA_DIR`,
        );
      }
      await keeper.query('select pg_advisory_lock_shared($1, $2)', [locks.space, locks.users]);
    } catch (error) {
      if (
        hasCode(error, '57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET') ||
        /terminated/.test(String(error))
      ) {
        process.off('exit', this.#atExit);
        return false;
      }
      if (!hasCode(error, '28P01')) throw error;
      throw new Failure(
        `${this.#home.dataDir}/postgres.password is not the password of the database there: put the right one back, or set another DATA_DIR`,
      );
    }
    this.#claimed = true;
    // A server that found it running adopts it.
    if (this.#use === 'server' && this.how === 'joined') process.once('exit', this.#atExit);
    return true;
  }

  async create(name: string): Promise<void> {
    const found = await this.#keeper?.query('select from pg_database where datname = $1', [name]);
    if (found?.rowCount !== 0) return;
    await this.#keeper
      ?.query(`create database ${pg.escapeIdentifier(name)} template template0 encoding 'UTF8'`)
      .catch((error: unknown) => {
        // 42P04, 23505: another process created it between the two questions.
        if (!hasCode(error, '42P04', '23505')) throw error;
      });
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** Undoes a failed open: stops what this call started or adopted, unless others use it by now. */
  async abandon(): Promise<void> {
    if (this.#claimed) return this.stop();
    const isOurs = this.how === 'started' && (this.#keeper === null || (await this.#isLast()));
    if (isOurs) await stopPostgres(this.#postmaster, this.#home.cluster);
    process.off('exit', this.#atExit);
    await this.#leave();
  }

  async #stop(): Promise<void> {
    const isOurs = this.#use === 'server' || (await this.#isLast());
    if (isOurs) await stopPostgres(this.#postmaster, this.#home.cluster);
    process.off('exit', this.#atExit);
    await this.#leave();
  }

  async #isLast(): Promise<boolean> {
    try {
      await this.#keeper?.query('select pg_advisory_unlock_shared($1, $2)', [locks.space, locks.users]);
      return await this.#try('pg_try_advisory_lock', locks.users);
    } catch {
      return false;
    }
  }

  async #leave(): Promise<void> {
    const keeper = this.#keeper;
    this.#keeper = null;
    await keeper?.end().catch(() => undefined);
  }

  async #try(lock: 'pg_try_advisory_lock', key: number): Promise<boolean> {
    const result = await this.#keeper?.query<{ got: boolean }>(`select ${lock}($1, $2) as got`, [
      locks.space,
      key,
    ]);
    return result?.rows[0]?.got ?? false;
  }

  /** " (process N)" of the server that holds the lock. */
  async #holder(): Promise<string> {
    const result = await this.#keeper?.query<{ application_name: string }>(
      `select application_name from pg_locks join pg_stat_activity using (pid)
        where locktype = 'advisory' and classid = $1 and objid = $2 and granted`,
      [locks.space, locks.server],
    );
    const number = /process (\d+)$/.exec(result?.rows[0]?.application_name ?? '')?.[1];
    return number === undefined ? '' : ` (process ${number})`;
  }
}
