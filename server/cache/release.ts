/**
 * Which data is published, known without asking for each request: the database notifies every publish, a poll finds
 * what a notification missed (a connection that broke, a pooler in between), and answers that say another version
 * have it looked at again.
 */

import pg from 'pg';
import type { Logger } from 'pino';
import { Sockets } from '../database/sockets.ts';

/** What the same question's answer depends on: answers change with the data, and on 1 January with the year. */
export interface Edition {
  readonly version: string;
  /** Of the database's clock, in its time zone. */
  readonly year: number;
}

/** What the cache needs to know of the published data. */
export interface Release {
  /** Null when it is not known: before the first data, before the first contact, and around the turn of a year. */
  readonly edition: Edition | null;
  /** False while the database is away and may have published since. */
  readonly isConfirmed: boolean;
  /** An answer was made from this version. */
  saw(version: string): void;
}

/** Nothing is known of the published data, so nothing is cached. */
export const unknownRelease: Release = { edition: null, isConfirmed: false, saw: () => undefined };

export interface ReleaseWatchOptions {
  /** A connection of its own: a notification reaches only the connection that listens. */
  connection: pg.ClientConfig;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds since 1970, for tests. */
  now?: () => number;
  /** Milliseconds between polls. */
  pollMs?: number;
}

/** The channel of `etl.publish`; its payload is the data version. */
const LISTEN = 'listen mvp_platform_release';

/** `localtimestamp` because decodes go by it; its "epoch" counts as if it were UTC. */
const ASK =
  'select api.data_version() as version, (extract(epoch from localtimestamp) * 1000)::float8 as clock';

/** A publish comes once a week and is notified; the poll is for the day when that fails. */
const POLL_MS = 15_000;

/** Least time between two polls, however many answers say another version: several servers may lag behind. */
const SOON_MS = 100;

/** Before the next try when the database is away; short, since a restart of PostgreSQL takes a second or two. */
const RECONNECT_MS = 1_000;

/** A connection whose other end is gone without a word is given up after so long; with the next try, well within five seconds. */
const PATIENCE_MS = 2_000;

/**
 * Around the turn of a year nothing is looked up or kept: this process knows the database's clock only as well as the
 * last poll told, and an answer kept under the wrong year would stay wrong for days.
 */
const TURN_MS = 2_000;

/** Follows the published release until it is closed. */
export class ReleaseWatch implements Release {
  readonly #options: Required<ReleaseWatchOptions>;
  #version: string | null = null;
  /** The database's clock minus ours. */
  #ahead = 0;
  #edition: Edition | null = null;
  /** The span of the database's clock in which {@link #edition} holds. */
  #from = 0;
  #until = 0;
  #isConfirmed = false;
  #isDoubted = false;
  #isIdle = false;
  #isClosed = false;
  #cutShort: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: ReleaseWatchOptions) {
    this.#options = { now: Date.now, pollMs: POLL_MS, ...options };
  }

  get edition(): Edition | null {
    const clock = this.#options.now() + this.#ahead;
    if (clock < this.#from || clock >= this.#until) this.#turnTo(clock);
    return this.#edition;
  }

  get isConfirmed(): boolean {
    return this.#isConfirmed;
  }

  saw(version: string): void {
    // Not taken over: an answer that was under way during a publish says the version before it.
    if (version !== this.#version) this.#doubt();
  }

  /** The database was found to be away, by whoever asks it more often than this does. */
  lost(): void {
    this.#isConfirmed = false;
    this.#doubt();
  }

  /** Begins to follow. Resolves when the database has answered, or has failed to for the first time. */
  start(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#running = this.#run(resolve);
    return promise;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cutShort();
    await this.#running;
  }

  async #run(contacted: () => void): Promise<void> {
    let isAway = false;
    while (!this.#isClosed) {
      try {
        await this.#follow(() => {
          if (isAway) this.#options.logger.info('the published data is followed again');
          isAway = false;
          contacted();
        });
      } catch (error) {
        if (!isAway)
          this.#options.logger.warn({ err: error }, 'cannot follow the published data; trying again');
        isAway = true;
        contacted();
        await this.#rest(RECONNECT_MS);
      }
    }
  }

  /** Follows on one connection until that breaks or the watch is closed. */
  async #follow(contacted: () => void): Promise<void> {
    const sockets = new Sockets();
    const client = new pg.Client({
      ...this.#options.connection,
      stream: sockets.open,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    const connection: { failure: Error | null } = { failure: null };
    const fail = (error?: Error): void => {
      connection.failure ??= error ?? new Error('the connection was closed');
      this.#isConfirmed = false;
      this.#cutShort();
    };
    client.on('error', fail);
    client.on('end', () => fail());
    client.on('notification', ({ payload }) => {
      if (payload) this.#publish(payload);
      // Anyone who may connect may notify: the database's own word follows at once.
      this.#doubt();
    });
    try {
      await client.connect();
      // Before the first poll, so that nothing falls between them.
      await client.query(LISTEN);
      while (!this.#isClosed) {
        this.#isDoubted = false;
        await this.#ask(client);
        contacted();
        if (connection.failure === null) await this.#rest(SOON_MS);
        if (connection.failure === null && !this.#isDoubted) await this.#idle();
        if (connection.failure !== null) throw connection.failure;
      }
    } finally {
      this.#isConfirmed = false;
      client.removeAllListeners('end');
      // Says goodbye, and does not wait: a dead connection never does, and its socket would outlive it.
      client.end().catch(() => undefined);
      sockets.cut();
    }
  }

  async #ask(client: pg.Client): Promise<void> {
    const asked = this.#options.now();
    const { rows } = await client.query<{ version: string | null; clock: number }>(ASK);
    const [row] = rows;
    if (row === undefined) throw new Error('the database did not say what is published');
    this.#ahead = row.clock - (asked + this.#options.now()) / 2;
    this.#isConfirmed = true;
    this.#publish(row.version);
  }

  #publish(version: string | null): void {
    if (version !== this.#version) {
      this.#options.logger.info({ dataVersion: version, replaced: this.#version }, 'the published data');
    }
    this.#version = version;
    this.#turnTo(this.#options.now() + this.#ahead);
  }

  #turnTo(clock: number): void {
    const year = new Date(clock).getUTCFullYear();
    const first = Date.UTC(year, 0, 1) + TURN_MS;
    const last = Date.UTC(year + 1, 0, 1) - TURN_MS;
    const isCertain = clock >= first && clock < last;
    this.#edition = isCertain && this.#version !== null ? { version: this.#version, year } : null;
    this.#from = isCertain ? first : clock;
    this.#until = isCertain ? last : clock;
  }

  #doubt(): void {
    this.#isDoubted = true;
    if (this.#isIdle) this.#cutShort();
  }

  async #idle(): Promise<void> {
    this.#isIdle = true;
    await this.#rest(this.#options.pollMs);
    this.#isIdle = false;
  }

  #rest(ms: number): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#cutShort = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
