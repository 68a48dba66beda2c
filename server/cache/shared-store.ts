/** Answers in this process's memory, and behind it in a Redis that servers share. */

import type { RedisReads } from '../redis/reads.ts';
import type { RedisWrites } from '../redis/writes.ts';
import { pack, unpack } from './packed-entry.ts';
import type { AnswerStore, Entry } from './store.ts';

export interface SharedStoreOptions {
  /** Asked first, and given what Redis had. */
  near: AnswerStore;
  reads: RedisReads;
  writes: RedisWrites;
  /** Which program's answers are ours (build.ts). */
  build: string;
  /** Milliseconds since 1970, for tests. */
  now?: () => number;
}

/**
 * A hit in memory is given at once and touches nothing else. What Redis has is as good as an answer of our own for as long
 * as it was said to be when it was made; what it cannot say is asked of the database.
 */
export class SharedStore implements AnswerStore {
  readonly #options: Required<SharedStoreOptions>;

  constructor(options: SharedStoreOptions) {
    this.#options = { now: Date.now, ...options };
  }

  get(key: string): Entry | undefined | Promise<Entry | undefined> {
    const { near, reads } = this.#options;
    const entry = near.get(key);
    if (entry !== undefined) return entry;
    const asking = reads.get(key);
    return asking && this.#take(key, asking);
  }

  set(key: string, entry: Entry, lifetime: number): void {
    const { near, writes, build, now } = this.#options;
    near.set(key, entry, lifetime);
    const until = now() + lifetime;
    writes.set(key, () => pack({ entry, until }, build), entry.body.length, until);
  }

  async #take(key: string, asking: Promise<Buffer | null>): Promise<Entry | undefined> {
    const { near, build, now } = this.#options;
    const bytes = await asking;
    // Another request may have loaded it meanwhile, or taken it from the same bytes.
    const known = await near.get(key);
    if (known !== undefined || bytes === null) return known;
    const packed = unpack(bytes, build);
    const lifetime = packed === null ? 0 : packed.until - now();
    if (packed === null || lifetime <= 0) return undefined;
    near.set(key, packed.entry, lifetime);
    return packed.entry;
  }
}
