import type pg from 'pg';
import type { Logger } from 'pino';
import type { RedisMemory } from '../redis/open.ts';
import type { ReadCounts } from '../redis/reads.ts';
import type { WriteCounts } from '../redis/writes.ts';
import { AnswerCache } from './answer-cache.ts';
import { buildOf } from './build.ts';
import { NegativeAnswers } from './negative-answers.ts';
import { ReleaseWatch } from './release.ts';
import { SharedStore } from './shared-store.ts';
import { emptyStore, type LookupCounts, MemoryStore } from './store.ts';

export interface CacheOptions {
  /** Of the platform database, as a role that may call `api.data_version()`. */
  connection: pg.ClientConfig;
  /** 0 turns the cache off, Redis included. */
  maxBytes: number;
  /** A Redis that servers share; without it each server knows what it was asked itself. */
  redis?: RedisMemory;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds since 1970, for tests. */
  now?: () => number;
}

/** What became of look-ups and of what was kept, since the start; a look-up that Redis answers is a miss in memory. */
export interface CacheCounts {
  readonly memory: LookupCounts;
  /** What memory holds, in bytes. */
  readonly memoryBytes: number;
  /** Questions that were answered with 404 from memory. */
  readonly negativeHits: number;
  /** Users' lists included; null without Redis. */
  readonly redis: { readonly reads: ReadCounts; readonly writes: WriteCounts } | null;
}

export interface OpenCache {
  cache: AnswerCache;
  /** What the cache goes by. */
  release: ReleaseWatch;
  readonly counts: CacheCounts;
  close(): Promise<void>;
}

/** The cache in this process's memory and in Redis, following the published release until it is closed. */
export async function openCache({ maxBytes, redis, ...options }: CacheOptions): Promise<OpenCache> {
  const release = new ReleaseWatch(options);
  await release.start();
  const memory = maxBytes > 0 ? new MemoryStore(maxBytes) : null;
  const negatives = new NegativeAnswers();
  const store =
    memory !== null && redis !== undefined
      ? new SharedStore({
          near: memory,
          reads: redis.reads,
          writes: redis.writes,
          build: buildOf(),
          ...(options.now && { now: options.now }),
        })
      : (memory ?? emptyStore);
  return {
    cache: new AnswerCache(store, release, negatives),
    release,
    get counts() {
      return {
        memory: memory?.counts ?? { hits: 0, misses: 0 },
        memoryBytes: memory?.bytes ?? 0,
        negativeHits: negatives.hits,
        redis: redis === undefined ? null : { reads: redis.reads.counts, writes: redis.writes.counts },
      };
    },
    close: () => release.close(),
  };
}
