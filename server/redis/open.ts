import { inTime } from '../in-time.ts';
import type { RedisAddress } from './address.ts';
import { createRedisClient } from './client.ts';
import { RedisFailure, RedisLink, type RedisLogger } from './link.ts';
import { RedisReads } from './reads.ts';
import { RedisWrites } from './writes.ts';

/** The start of the service waits so long for the first contact at most. */
const FIRST_CONTACT_MS = 2_000;

/** What caches need of Redis. */
export interface RedisMemory {
  readonly reads: RedisReads;
  readonly writes: RedisWrites;
}

/** What lives as long as the process uses Redis. */
export interface OpenRedis extends RedisMemory {
  /** For whoever asks Redis something else: `link.ask((client) => …, milliseconds)`. */
  readonly link: RedisLink;
  close(): Promise<void>;
}

/** Opens the one link to Redis that all of the service shares, also when Redis is away: it is used as soon as it is there. */
export async function openRedis(address: RedisAddress, logger: RedisLogger): Promise<OpenRedis> {
  const link = new RedisLink(createRedisClient(address, 'mvp-platform-vehicles'), logger);
  await inTime(link.contacted, FIRST_CONTACT_MS, () => new RedisFailure('no contact')).catch(() => undefined);
  return { link, reads: new RedisReads(link), writes: new RedisWrites(link), close: () => link.close() };
}
