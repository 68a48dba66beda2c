import type pg from 'pg';
import type { Logger } from 'pino';
import { MemoryListStore, UserLists } from '../cache/user-lists.ts';
import { Listener } from '../database/listener.ts';
import { connectionOf, createPool } from '../database/pool.ts';
import type { Decoder } from '../decode/decoder.ts';
import { Completion } from './completion.ts';

export interface OpenGarageOptions {
  /** The main database. */
  url: string;
  /** For the completion. */
  decoder: Decoder;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Memory of the cache of lists; 0 turns it off. */
  maxBytes: number;
  /** Milliseconds between two looks for vehicles to complete. */
  completeEveryMs?: number;
}

/** What lives as long as the process serves users' vehicles. */
export interface OpenGarage {
  main: pg.Pool;
  lists: UserLists;
  close(): Promise<void>;
}

/**
 * Every statement is a few rows by an index. One that takes longer is stuck, and its user is better off with a 503 than waiting;
 * the query's own limit is for a server that is gone without a word.
 */
const LIMITS = { statementTimeoutMs: 2_000, queryTimeoutMs: 2_500, connectTimeoutMs: 2_000 } as const;

/** The channel of garage.announce_change. */
const CHANNEL = 'mvp_main_vehicles';

/** Connects to the main database, also when it is away, and begins to listen and to complete. */
export async function openGarage(options: OpenGarageOptions): Promise<OpenGarage> {
  const { url, decoder, logger, maxBytes, completeEveryMs } = options;
  const program = 'mvp-platform-vehicles';
  const login = { url, role: 'mvp_main_user', applicationName: `${program} server` };
  const main = createPool({ ...login, ...LIMITS, logger });
  const worker = createPool({
    url,
    role: 'mvp_main_worker',
    applicationName: `${program} server, completion`,
    ...LIMITS,
    max: 1,
    logger,
  });
  const lists = new UserLists(maxBytes > 0 ? new MemoryListStore(maxBytes) : null);
  const listener = new Listener({
    connection: connectionOf({ ...login, applicationName: `${program} server, changes` }),
    channel: CHANNEL,
    logger,
    onNotification: (digest) => lists.forgetDigest(digest),
    onUp: () => lists.hear(),
    onDown: () => lists.mishear(),
  });
  const completion = new Completion({
    pool: worker,
    decoder,
    logger,
    ...(completeEveryMs !== undefined && { everyMs: completeEveryMs }),
  });
  await listener.start();
  completion.start();
  return {
    main,
    lists,
    close: async () => {
      await Promise.all([listener.close(), completion.close()]);
      await Promise.all([main.end(), worker.end()]);
    },
  };
}
