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

/**
 * Opens the one link to Redis that all of the service shares, also when Redis is away: it is used as soon as it is there.
 *
 * @param patienceMs for an answer, instead of every limit of our own; for tests on machines that stand still for longer than those
 */
export async function openRedis(
  address: RedisAddress,
  logger: RedisLogger,
  patienceMs?: number,
): Promise<OpenRedis> {
  const client = createRedisClient(address, 'mvp-platform-vehicles', patienceMs);
  const link = new RedisLink(client, logger, patienceMs);
  await inTime(link.contacted, FIRST_CONTACT_MS, () => new RedisFailure('no contact')).catch(() => undefined);
  const reads = new RedisReads(link, patienceMs);
  const writes = new RedisWrites(link, patienceMs);
  return { link, reads, writes, close: () => link.close() };
}
