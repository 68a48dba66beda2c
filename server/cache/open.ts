import type pg from 'pg';
import type { Logger } from 'pino';
import { AnswerCache } from './answer-cache.ts';
import { ReleaseWatch } from './release.ts';
import { emptyStore, MemoryStore } from './store.ts';

export interface CacheOptions {
  /** Of the platform database, as a role that may call `api.data_version()`. */
  connection: pg.ClientConfig;
  /** 0 turns the cache off. */
  maxBytes: number;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds since 1970, for tests. */
  now?: () => number;
}

export interface OpenCache {
  cache: AnswerCache;
  /** What the cache goes by. */
  release: ReleaseWatch;
  close(): Promise<void>;
}

/** The cache in this process's memory, following the published release until it is closed. */
export async function openCache({ maxBytes, ...options }: CacheOptions): Promise<OpenCache> {
  const release = new ReleaseWatch(options);
  await release.start();
  const store = maxBytes > 0 ? new MemoryStore(maxBytes) : emptyStore;
  return { cache: new AnswerCache(store, release), release, close: () => release.close() };
}
