import pg from 'pg';
import type { Logger } from 'pino';
import type { Sockets } from './sockets.ts';

export interface ConnectionOptions {
  url: string;
  /** The role that every connection takes, the least that its queries need. */
  role: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** Milliseconds after which PostgreSQL cancels a statement. */
  statementTimeoutMs?: number;
}

export interface PoolOptions extends ConnectionOptions {
  /** Connections at most. The default suits two cores: more only wait on each other. */
  max?: number;
  /** Milliseconds to wait for a connection, a free one of the pool or a new one. */
  connectTimeoutMs?: number;
  /** Milliseconds after which a query is given up on this side too: a server that is gone without a word cancels nothing. */
  queryTimeoutMs?: number;
  logger?: Pick<Logger, 'warn'>;
  /** Where its connections' sockets come from, for who wants to cut them. */
  sockets?: Sockets;
}

/**
 * How connections of one role are made. The role is set when a connection starts, not by a statement that each user
 * would have to remember. (A pgbouncer in between must pass `options` on.)
 */
export function connectionOf(options: ConnectionOptions): pg.ClientConfig {
  const { url, ownOptions } = splitOptions(options.url);
  return {
    connectionString: url,
    application_name: options.applicationName,
    options: [
      ownOptions,
      `-c role=${options.role}`,
      `-c statement_timeout=${options.statementTimeoutMs ?? 10_000}`,
      // A connection that forgot its transaction must not hold back the vacuum of a published release.
      '-c idle_in_transaction_session_timeout=60000',
    ]
      .filter(Boolean)
      .join(' '),
    keepAlive: true,
  };
}

/** A pool whose connections run as one role. Dates and numbers arrive as node-postgres reads them. */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOf(options),
    max: options.max ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    idleTimeoutMillis: 30_000,
    ...(options.queryTimeoutMs !== undefined && { query_timeout: options.queryTimeoutMs }),
    ...(options.sockets && { stream: options.sockets.open }),
  });
  // An idle connection that breaks is replaced by the pool; without a listener its error would end the process.
  pool.on('error', (error) => {
    options.logger?.warn(
      { err: error, database: options.applicationName },
      'an idle database connection broke',
    );
  });
  return pool;
}

/** node-postgres lets the URL's own `options` win over ours: they are taken out and put in front of them. */
function splitOptions(text: string): { url: string; ownOptions: string } {
  const url = new URL(text);
  const ownOptions = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  return { url: url.href, ownOptions };
}
