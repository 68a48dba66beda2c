/**
 * A connection that listens to one channel, for as long as the process runs: made again when it breaks, and asked now and then
 * because a connection whose other end is gone says nothing.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { Sockets } from './sockets.ts';

export interface ListenerOptions {
  /** A connection of its own: a notification reaches only the connection that listens. */
  connection: pg.ClientConfig;
  /** A plain SQL name. */
  channel: string;
  logger: Pick<Logger, 'info' | 'warn'>;
  onNotification: (payload: string) => void;
  /** From here on no notification is missed. */
  onUp: () => void;
  /** From here on notifications may be missed. Called once for each {@link onUp}. */
  onDown: () => void;
  /** Milliseconds between questions whether the other end is still there. */
  checkMs?: number;
}

const CHECK_MS = 5_000;

/** Before the next try; short, since a restart of PostgreSQL takes a second or two. */
const RECONNECT_MS = 500;

/** A connection whose other end is gone without a word is given up after so long. */
const PATIENCE_MS = 3_000;

/** Listens until it is closed. */
export class Listener {
  readonly #options: Required<ListenerOptions>;
  readonly #sockets = new Sockets();
  readonly #closing = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: ListenerOptions) {
    this.#options = { checkMs: CHECK_MS, ...options };
  }

  /** Begins to listen. Resolves when it does, or has failed to for the first time. */
  start(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#running = this.#run(resolve);
    return promise;
  }

  /** The database was found to be away, by whoever asks it more often than this does: the connection is as good as dead. */
  lost(): void {
    this.#sockets.cut();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(tried: () => void): Promise<void> {
    const { channel, logger } = this.#options;
    let isAway = false;
    while (!this.#closing.signal.aborted) {
      try {
        await this.#listen(() => {
          if (isAway) logger.info({ channel }, 'listening to the database again');
          isAway = false;
          tried();
        });
      } catch (error) {
        if (!isAway) logger.warn({ err: error, channel }, 'cannot listen to the database; trying again');
        isAway = true;
        tried();
        await this.#rest(RECONNECT_MS);
      }
    }
    tried();
  }

  /** Listens on one connection until that breaks or the listener is closed. */
  async #listen(contacted: () => void): Promise<void> {
    const { connection, channel, onNotification, onUp, onDown, checkMs } = this.#options;
    const client = new pg.Client({
      ...connection,
      stream: this.#sockets.open,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    const broken = Promise.withResolvers<never>();
    broken.promise.catch(() => undefined);
    let isUp = false;
    const fail = (error?: Error): void => {
      // Told before anything else can be asked: what is known is no longer sure.
      if (isUp) onDown();
      isUp = false;
      broken.reject(error ?? new Error('the connection was closed'));
    };
    client.on('error', fail);
    client.on('end', () => fail());
    client.on('notification', ({ payload = '' }) => onNotification(payload));
    try {
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      isUp = true;
      onUp();
      contacted();
      while (!this.#closing.signal.aborted) {
        await Promise.race([this.#rest(checkMs), broken.promise]);
        if (!this.#closing.signal.aborted) await client.query('select');
      }
    } finally {
      if (isUp) onDown();
      isUp = false;
      client.removeAllListeners('end');
      // Says goodbye, and does not wait: a dead connection never does, and its socket would outlive it.
      client.end().catch(() => undefined);
      this.#sockets.cut();
    }
  }

  async #rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }
}
