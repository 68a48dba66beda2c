import type { Logger } from 'pino';
import { SharedLists } from '../cache/shared-lists.ts';
import { LIFETIME_MS, MemoryListStore, UserLists } from '../cache/user-lists.ts';
import { Listener } from '../database/listener.ts';
import { connectionOf, createPool } from '../database/pool.ts';
import { RetriedReads } from '../database/reads.ts';
import { Upstream, type UpstreamStatus } from '../database/upstream.ts';
import type { Decoder } from '../decode/decoder.ts';
import type { RedisMemory } from '../redis/open.ts';
import { Completion } from './completion.ts';
import type { MainQueries } from './garage.ts';

export interface OpenGarageOptions {
  /** The main database. */
  url: string;
  /** For the completion. */
  decoder: Decoder;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Memory of the cache of lists; 0 turns it off, Redis included. */
  maxBytes: number;
  /** A Redis that servers share. */
  redis?: RedisMemory;
  /** Milliseconds since 1970, for tests. */
  now?: () => number;
  /** Milliseconds between two looks for vehicles to complete. */
  completeEveryMs?: number;
  /** For an answer, instead of every limit of our own; for tests on machines that stand still for longer than those. */
  patienceMs?: number;
  /** False refuses every question: the database is not prepared yet. Always true when absent. */
  isReady?: () => boolean;
}

/** What lives as long as the process serves users' vehicles. */
export interface OpenGarage {
  main: MainQueries;
  /** How the main database stands, for metrics. */
  status: () => UpstreamStatus;
  lists: UserLists;
  /** For reading a VIN; its own limit when absent. */
  readPatienceMs?: number;
  close(): Promise<void>;
}

/**
 * Every statement is a few rows by an index. One that takes longer is stuck, and its user is better off with a 503 than waiting;
 * the query's own limit is for a server that is gone without a word.
 */
const LIMITS = { statementTimeoutMs: 2_000, queryTimeoutMs: 2_500, connectTimeoutMs: 2_000 } as const;

/** What the heartbeat asks. */
const sign = { name: 'is_standby', text: 'select pg_is_in_recovery() as answer' };

/** The channel of garage.announce_change. */
const CHANNEL = 'mvp_main_vehicles';

/** Connects to the main database, also when it is away, and begins to listen and to complete. */
export async function openGarage(options: OpenGarageOptions): Promise<OpenGarage> {
  const { url, decoder, logger, completeEveryMs, isReady, patienceMs } = options;
  const limits =
    patienceMs === undefined
      ? LIMITS
      : { statementTimeoutMs: patienceMs, queryTimeoutMs: patienceMs, connectTimeoutMs: patienceMs };
  const program = 'mvp-platform-vehicles';
  const login = { url, role: 'mvp_main_user', applicationName: `${program} server` };
  const upstream = new Upstream({
    ...login,
    sign,
    logger,
    onAway: () => listener.lost(),
    onBack: () => hear(),
    ...(isReady && { isReady }),
  });
  const writes = upstream.pool(limits);
  const worker = createPool({
    url,
    role: 'mvp_main_worker',
    applicationName: `${program} server, completion`,
    ...limits,
    max: 1,
    logger,
  });
  const lists = listsOf(options);
  let isListening = false;
  const listener = new Listener({
    connection: connectionOf({ ...login, applicationName: `${program} server, changes` }),
    channel: CHANNEL,
    logger,
    onNotification: (digest) => lists.forgetDigest(digest),
    onUp: () => {
      isListening = true;
      hear();
    },
    onDown: () => {
      isListening = false;
      lists.mishear();
    },
  });
  // Forgets what was kept: not before it can be loaded again.
  const hear = (): void => {
    if (isListening && upstream.isUp) lists.hear();
  };
  const completion = new Completion({
    pool: worker,
    decoder,
    logger,
    ...(completeEveryMs !== undefined && { everyMs: completeEveryMs }),
  });
  await listener.start();
  completion.start();
  return {
    main: { reads: new RetriedReads(writes), writes },
    status: () => upstream.status,
    lists,
    ...(patienceMs !== undefined && { readPatienceMs: patienceMs }),
    close: async () => {
      await Promise.all([listener.close(), completion.close()]);
      await Promise.all([upstream.close(), worker.end()]);
    },
  };
}

function listsOf({ maxBytes, redis, now }: OpenGarageOptions): UserLists {
  if (maxBytes === 0) return new UserLists(null);
  const near = new MemoryListStore(maxBytes);
  if (redis === undefined) return new UserLists(near);
  const { reads, writes } = redis;
  return new UserLists(near, new SharedLists({ reads, writes, lifetime: LIFETIME_MS, ...(now && { now }) }));
}
