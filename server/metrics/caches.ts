import { Counter, Gauge, type Registry } from 'prom-client';
import type { CacheCounts } from '../cache/open.ts';
import type { RedisLink } from '../redis/link.ts';

/** What the caches of this process tell; either is absent where there is none. */
export interface CacheSources {
  counts?: (() => CacheCounts) | undefined;
  redis?: Pick<RedisLink, 'isUp'> | undefined;
}

/** Registers where look-ups for answers end, tier by tier, and what the tiers hold. */
export function registerCaches(registry: Registry, { counts, redis }: CacheSources): void {
  const registers = [registry];
  if (redis !== undefined) {
    new Gauge({
      name: 'mvp_platform_redis_up',
      help: '1 while Redis is asked; 0 while it is away and each server is on its own.',
      registers,
      collect() {
        this.set(Number(redis.isUp));
      },
    });
  }
  if (counts === undefined) return;
  const counter = (
    name: string,
    help: string,
    labelNames: string[],
    collect: (counter: Counter) => void,
  ): void => {
    new Counter({
      name: `mvp_platform_cache_${name}_total`,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        collect(this);
      },
    });
  };
  counter(
    'lookups',
    'Look-ups for answers, by tier and result; a look-up that misses in memory goes on to Redis.',
    ['tier', 'result'],
    (lookups) => {
      const { memory, negativeHits, redis: shared } = counts();
      lookups.inc({ tier: 'memory', result: 'hit' }, memory.hits);
      lookups.inc({ tier: 'memory', result: 'miss' }, memory.misses);
      lookups.inc({ tier: 'negative', result: 'hit' }, negativeHits);
      if (shared === null) return;
      lookups.inc({ tier: 'redis', result: 'hit' }, shared.reads.hits);
      lookups.inc({ tier: 'redis', result: 'miss' }, shared.reads.misses);
      lookups.inc({ tier: 'redis', result: 'failure' }, shared.reads.failures);
    },
  );
  counter('writes', 'What was sent to Redis; dropped: too much waited already.', ['result'], (writes) => {
    const { redis: shared } = counts();
    if (shared === null) return;
    writes.inc({ result: 'written' }, shared.writes.written);
    writes.inc({ result: 'failure' }, shared.writes.failures);
    writes.inc({ result: 'dropped' }, shared.writes.dropped);
  });
  new Gauge({
    name: 'mvp_platform_cache_memory_bytes',
    help: 'What the cache in memory holds, as it is counted against its limit.',
    registers,
    collect() {
      this.set(counts().memoryBytes);
    },
  });
}
