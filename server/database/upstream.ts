/**
 * One PostgreSQL server as this service sees it: its pools, which share one circuit breaker and one heartbeat, because it is the
 * server that is away, never one pool of it.
 */

import type pg from 'pg';
import type { Logger } from 'pino';
import { databaseAway } from '../sqlstate.ts';
import { Breaker, type BreakerStatus } from './breaker.ts';
import { Heartbeat } from './heartbeat.ts';
import { createPool, type PoolOptions } from './pool.ts';
import type { Queries } from './queries.ts';
import { Sockets } from './sockets.ts';

export interface UpstreamOptions {
  url: string;
  role: string;
  applicationName: string;
  /** What the heartbeat asks: answered in a millisecond where anything is. */
  sign: pg.QueryConfig;
  /** Milliseconds that the heartbeat waits at most; {@link PATIENCE_MS} when absent. */
  patienceMs?: () => number;
  logger?: Pick<Logger, 'info' | 'warn'>;
  /** False refuses every question with 503: the database is not prepared yet. Always true when absent. */
  isReady?: () => boolean;
  /** The server is away: asked again only now and then. */
  onAway?: () => void;
  /** It answers again. */
  onBack?: () => void;
}

/** How full a pool is. */
export interface PoolStatus {
  /** The application_name of its connections. */
  readonly name: string;
  readonly total: number;
  readonly idle: number;
  /** Questions that wait for a connection. */
  readonly waiting: number;
  readonly max: number;
}

/** What can be told of a server, for /health and metrics. */
export interface UpstreamStatus extends BreakerStatus {
  /** Questions under way. */
  readonly underWay: number;
  readonly pools: readonly PoolStatus[];
}

/** A question is left alone for 0.05 to 0.1 s. */
const EVERY_MS = 50;

/**
 * With what comes before it, whoever waits for a server that has gone silent knows within 1.7 s; of one that is dead, at once. 0.4 s were
 * too little: where twenty long questions met on two cores, nobody was answered for that long, and a server with much to do passed
 * for a silent one.
 */
export const PATIENCE_MS = 1_500;

/** What is asked while the process ends has nobody to be told. */
const CLOSE_MS = 1_000;

/**
 * A heartbeat's connection is made when it is first needed, and a new one after each silence. Its patience ends by itself, which cuts this
 * connection too; limits of the connection, which go by the clock alone, would take a machine that stood still for a server that is silent.
 */
const HEARTBEAT_POOL = {
  max: 1,
  connectTimeoutMs: 30_000,
  statementTimeoutMs: 2_000,
  queryTimeoutMs: 30_000,
} as const;

export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #sockets = new Sockets();
  readonly #breaker: Breaker;
  readonly #heartbeat: Heartbeat;
  /** Asks for a sign of life. */
  readonly #ask: () => Promise<unknown>;
  readonly #pools: pg.Pool[] = [];
  #underWay = 0;
  #closing: Promise<void> | null = null;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    const { applicationName, sign, patienceMs = () => PATIENCE_MS, logger, onAway, onBack } = options;
    this.#breaker = new Breaker(
      () => {
        logger?.warn({ database: applicationName }, 'the database is away; it is asked again now and then');
        onAway?.();
      },
      () => {
        logger?.info({ database: applicationName }, 'the database is back');
        onBack?.();
      },
    );
    const heartbeat = this.#open({ ...HEARTBEAT_POOL, applicationName: `${applicationName}, heartbeat` });
    this.#ask = () => heartbeat.query(sign);
    this.#heartbeat = new Heartbeat({
      ask: this.#ask,
      everyMs: EVERY_MS,
      patienceMs,
      onSilence: () => {
        this.#breaker.arm();
        this.#sockets.cut();
      },
    });
  }

  /** False while it is away. */
  get isUp(): boolean {
    return this.#breaker.isClosed;
  }

  /** Questions under way: the fewer, the sooner it answers the next one. */
  get underWay(): number {
    return this.#underWay;
  }

  get status(): UpstreamStatus {
    return { ...this.#breaker.status, underWay: this.#underWay, pools: this.#pools.map(statusOf) };
  }

  /** A pool of its own for one kind of question, behind the breaker. A question is asked once: who may repeat it does. */
  pool(options: Partial<Omit<PoolOptions, 'url' | 'role'>> = {}): Queries {
    const pool = this.#open(options);
    return {
      query: <Row extends pg.QueryResultRow>(statement: pg.QueryConfig) =>
        this.#run(() => pool.query<Row>(statement)),
    };
  }

  /** Lets what is under way end, for a moment: a silent server would never let go. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#heartbeat.close();
    const deadline = setTimeout(() => this.#sockets.cut(), CLOSE_MS);
    await Promise.all(this.#pools.map((pool) => pool.end()));
    clearTimeout(deadline);
    this.#sockets.cut();
  }

  async #run<Value>(ask: () => Promise<Value>): Promise<Value> {
    if (this.#options.isReady?.() === false) throw databaseAway();
    this.#underWay += 1;
    try {
      // Whoever is let through to see whether it is back asks a small question first: a slow one would keep all others out for as long.
      if (!this.#breaker.isClosed) await this.#breaker.run(() => this.#heartbeat.guard(this.#ask()));
      return await this.#breaker.run(() => this.#heartbeat.guard(ask()));
    } finally {
      this.#underWay -= 1;
    }
  }

  #open(options: Partial<PoolOptions>): pg.Pool {
    const { url, role, applicationName, logger } = this.#options;
    const pool = createPool({
      applicationName,
      ...(logger && { logger }),
      ...options,
      url,
      role,
      sockets: this.#sockets,
    });
    this.#pools.push(pool);
    return pool;
  }
}

function statusOf({ options, totalCount, idleCount, waitingCount }: pg.Pool): PoolStatus {
  const { application_name: name = '', max } = options;
  return { name, total: totalCount, idle: idleCount, waiting: waitingCount, max };
}
