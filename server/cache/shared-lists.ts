/**
 * Users' lists in a Redis that servers share. A list says when its load began. This server believes it when that was after the last
 * change it heard of, so nothing depends on who deletes what first, nor on a value that Redis takes late (docs/adr/0025).
 */

import { LRUCache } from 'lru-cache';
import type { RedisReads } from '../redis/reads.ts';
import type { RedisWrites } from '../redis/writes.ts';
import { pack, unpack } from './packed-entry.ts';
import { bytesOf, digestOf } from './store.ts';

/** The clocks of two servers differ by no more: times of loads are theirs, times of changes are ours. */
const SKEW_MS = 10_000;

/** Users whose last change is remembered; what is forgotten counts as a change of everybody's list. */
const REMEMBERED = 20_000;

/** Instead of a build: the database makes the text, whichever program asks for it. */
const FORMAT = 'list';

export interface SharedListsOptions {
  reads: RedisReads;
  writes: RedisWrites;
  /** Milliseconds for which a list is kept. */
  lifetime: number;
  /** Milliseconds since 1970, for tests. */
  now?: () => number;
}

/** A list as JSON text, and for how many milliseconds it is still good. */
export interface SharedList {
  readonly body: string;
  readonly lifetime: number;
}

export class SharedLists {
  readonly #options: Required<SharedListsOptions>;
  /** When each key changed last. */
  readonly #changes: LRUCache<string, number>;
  /** What was loaded before may have changed unheard. */
  #heardSince: number;
  /** As that, of what was forgotten here. */
  #forgottenUntil = 0;

  constructor(options: SharedListsOptions) {
    this.#options = { now: Date.now, ...options };
    this.#heardSince = this.#options.now();
    this.#changes = new LRUCache({
      max: REMEMBERED,
      // An older list has ended by itself.
      ttl: options.lifetime + 2 * SKEW_MS,
      perf: { now: this.#options.now },
      ttlResolution: 0,
      dispose: (changedAt, _key, reason) => {
        if (reason === 'evict') this.#forgottenUntil = Math.max(this.#forgottenUntil, changedAt);
      },
    });
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.#options.now();
  }

  /** From here on every change is heard of. */
  hear(): void {
    this.#heardSince = this.now;
  }

  /** The list of this key changed just now, or may have. */
  changed(key: string): void {
    this.#changes.set(key, this.now);
  }

  /**
   * A list that is as good as the database's; with `isStale` one that nobody here has changed, as far as is known.
   *
   * @returns undefined when there is none
   */
  async find(key: string, isStale: boolean): Promise<SharedList | undefined> {
    const { reads, lifetime } = this.#options;
    const bytes = await reads.get(key);
    const packed = bytes ? unpack(bytes, FORMAT) : null;
    if (packed === null) return undefined;
    const { now } = this;
    const loadedAt = packed.until - lifetime;
    const changedAt = Math.max(
      this.#changes.get(key) ?? 0,
      this.#forgottenUntil,
      isStale ? 0 : this.#heardSince,
    );
    if (loadedAt <= changedAt + SKEW_MS || loadedAt > now + SKEW_MS || packed.until <= now) return undefined;
    return { body: packed.entry.body.toString(), lifetime: Math.min(packed.until - now, lifetime) };
  }

  /** @param loadedAt when its load began */
  keep(key: string, list: string, loadedAt: number): void {
    const until = loadedAt + this.#options.lifetime;
    const made = (): Buffer => {
      const body = bytesOf(list);
      return pack({ entry: { body, digest: digestOf(body), version: '' }, until }, FORMAT);
    };
    this.#options.writes.set(key, made, list.length, until);
  }

  /** Takes a list away after a write: what its user has deleted should be nowhere. */
  delete(key: string): void {
    this.#options.writes.delete(key);
  }
}
