/** Values of Redis: all that one turn of the event loop asks for in one command, each key once. */

import { Cluster } from 'ioredis';
import type { RedisClient } from './client.ts';
import type { RedisLink } from './link.ts';

/**
 * Redis answers in less than a millisecond, the database in three. When Redis has not answered by now something is wrong with it, and the
 * database is asked after all.
 */
const PATIENCE_MS = 50;

/** Keys in a command: Redis serves nobody else meanwhile. 256 decodes are 600 kB, half a millisecond of it. */
const MOST = 256;

/** How often values were asked for since the start. */
export interface ReadCounts {
  readonly hits: number;
  readonly misses: number;
  /** Not answered in time, or with an error. What was not asked because Redis is away is not counted. */
  readonly failures: number;
}

interface Waiting {
  readonly key: string;
  resolve(value: Buffer | null): void;
}

/** Reads from Redis. Nothing of it throws or rejects: what fails has no value. */
export class RedisReads {
  readonly #link: RedisLink;
  readonly #patienceMs: number;
  readonly #underWay = new Map<string, Promise<Buffer | null>>();
  #waiting: Waiting[] = [];
  readonly #counts = { hits: 0, misses: 0, failures: 0 };

  /** @param patienceMs for tests on machines that stand still for longer than that */
  constructor(link: RedisLink, patienceMs = PATIENCE_MS) {
    this.#link = link;
    this.#patienceMs = patienceMs;
  }

  get counts(): ReadCounts {
    return this.#counts;
  }

  /** The value of a key, null when it has none; undefined, at once, while Redis is away. */
  get(key: string): Promise<Buffer | null> | undefined {
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    if (!this.#link.isUp) return undefined;
    const value = new Promise<Buffer | null>((resolve) => {
      this.#waiting.push({ key, resolve });
    });
    this.#underWay.set(key, value);
    if (this.#waiting.length === 1) setImmediate(() => this.#askAll());
    return value;
  }

  #askAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let at = 0; at < waiting.length; at += MOST) void this.#ask(waiting.slice(at, at + MOST));
  }

  async #ask(batch: readonly Waiting[]): Promise<void> {
    const keys = batch.map(({ key }) => key);
    const values = new Array<Buffer | null | undefined>(keys.length);
    // What has come counts, whatever became of the rest.
    const reading = this.#link.ask((client) => readMany(client, keys, values), this.#patienceMs);
    await reading.catch(() => undefined);
    for (const [index, { key, resolve }] of batch.entries()) {
      const value = values[index];
      this.#counts[value === undefined ? 'failures' : value === null ? 'misses' : 'hits'] += 1;
      this.#underWay.delete(key);
      resolve(value ?? null);
    }
  }
}

/** @param values gets what comes, by the index of its key */
async function readMany(
  client: RedisClient,
  keys: readonly string[],
  values: (Buffer | null | undefined)[],
): Promise<void> {
  if (!(client instanceof Cluster)) {
    for (const [index, value] of (await client.mgetBuffer([...keys])).entries()) values[index] = value;
    return;
  }
  // Keys of several nodes: the client puts the commands to each node together.
  const reading = keys.map(async (key, index) => {
    values[index] = await client.getBuffer(key);
  });
  const outcomes = await Promise.allSettled(reading);
  const [first] = outcomes;
  // One node of several may be away; when none answered, it is the cluster.
  if (first?.status === 'rejected' && outcomes.every(({ status }) => status === 'rejected'))
    throw first.reason;
}
