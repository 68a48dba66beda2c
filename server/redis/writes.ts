/** Values for Redis: nobody waits for them, and what Redis does not take in time is left out. */

import { Cluster } from 'ioredis';
import type { RedisClient } from './client.ts';
import type { RedisLink } from './link.ts';

/** Bytes that wait at most. What does not fit is asked of the database once more one day, which is all that a cache saves. */
const WAITING = 8 * 1024 * 1024;

/** In one piece: large enough that a list of a thousand VINs takes a few, small enough to be soon over. */
const MOST = { writes: 128, bytes: 512 * 1024 } as const;

/** For one piece; as long as a client waits for any answer (client.ts). */
const PATIENCE_MS = 1_000;

/** What became of values since the start. */
export interface WriteCounts {
  readonly written: number;
  /** Refused by Redis, or not taken in time. */
  readonly failures: number;
  /** Not sent: too much waited already, or Redis was away. */
  readonly dropped: number;
}

interface Write {
  readonly key: string;
  /** Made only when it is sent; null deletes the key. */
  readonly value: (() => Buffer) | null;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly size: number;
}

/** Writes to Redis, in the order in which they come. */
export class RedisWrites {
  readonly #link: RedisLink;
  #waiting: Write[] = [];
  #bytes = 0;
  #isRunning = false;
  readonly #counts = { written: 0, failures: 0, dropped: 0 };
  readonly #patienceMs: number;

  /** @param patienceMs for tests on machines that stand still for longer than that */
  constructor(link: RedisLink, patienceMs = PATIENCE_MS) {
    this.#link = link;
    this.#patienceMs = patienceMs;
  }

  get counts(): WriteCounts {
    return this.#counts;
  }

  /**
   * Gives a key a value.
   *
   * @param size of the value in bytes, about
   * @param until milliseconds since 1970, in the future
   */
  set(key: string, value: () => Buffer, size: number, until: number): void {
    this.#add({ key, value, size, until });
  }

  /** Takes a key's value away. */
  delete(key: string): void {
    this.#add({ key, value: null, size: 0, until: 0 });
  }

  #add(write: Write): void {
    const size = write.size + write.key.length;
    if (!this.#link.isUp || this.#bytes + size > WAITING) {
      this.#counts.dropped += 1;
      return;
    }
    this.#bytes += size;
    this.#waiting.push({ ...write, size });
    if (this.#isRunning) return;
    this.#isRunning = true;
    // Whoever asked gets the answer first.
    setImmediate(() => void this.#run());
  }

  /** One piece after the other, so that what waits is bounded by what Redis takes. */
  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#link.isUp) await this.#send(this.#next());
      else this.#dropAll();
    }
    this.#isRunning = false;
  }

  #next(): Write[] {
    let bytes = 0;
    const first = this.#waiting.findIndex(({ size }, index) => {
      bytes += size;
      return index > 0 && (index >= MOST.writes || bytes > MOST.bytes);
    });
    return this.#waiting.splice(0, first < 0 ? this.#waiting.length : first);
  }

  async #send(batch: readonly Write[]): Promise<void> {
    try {
      const errors = await this.#link.ask((client) => writeMany(client, batch), this.#patienceMs);
      this.#link.noteWrite(errors.find(isRefusal)?.message ?? null);
      this.#counts.failures += errors.length;
      this.#counts.written += batch.length - errors.length;
    } catch {
      this.#counts.failures += batch.length;
    }
    for (const { size } of batch) this.#bytes -= size;
  }

  #dropAll(): void {
    this.#counts.dropped += this.#waiting.length;
    this.#waiting = [];
    this.#bytes = 0;
  }
}

/** @returns why some were not taken @throws when Redis did not take any, nor refused any */
async function writeMany(client: RedisClient, batch: readonly Write[]): Promise<Error[]> {
  const now = Date.now();
  const live = batch.filter(({ value, until }) => value === null || until > now);
  const errors =
    client instanceof Cluster ? await eachOf(client, live, now) : await pipelined(client, live, now);
  const failures = errors.filter((error) => error !== null);
  const [failure] = failures;
  if (failure !== undefined && failures.length === live.length && !failures.some(isRefusal)) throw failure;
  return failures;
}

/** A full memory, a replica, a login that may not write: Redis works, and takes nothing. Not what a changing cluster says. */
function isRefusal({ name, message }: Error): boolean {
  return name === 'ReplyError' && !/^(MOVED|ASK|TRYAGAIN|CLUSTERDOWN|LOADING) /.test(message);
}

async function pipelined(
  client: Exclude<RedisClient, Cluster>,
  batch: readonly Write[],
  now: number,
): Promise<(Error | null)[]> {
  const pipeline = client.pipeline();
  for (const { key, value, until } of batch) {
    if (value === null) pipeline.del(key);
    else pipeline.set(key, value(), 'PX', until - now);
  }
  return ((await pipeline.exec()) ?? []).map(([error]) => error);
}

/** The client puts the commands to each node together. */
async function eachOf(client: Cluster, batch: readonly Write[], now: number): Promise<(Error | null)[]> {
  const writing = batch.map(async ({ key, value, until }) => {
    if (value === null) await client.del(key);
    else await client.set(key, value(), 'PX', until - now);
  });
  const outcomes = await Promise.allSettled(writing);
  return outcomes.map((outcome) => (outcome.status === 'rejected' ? errorOf(outcome.reason) : null));
}

function errorOf(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
