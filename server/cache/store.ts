/** Where answers are kept between requests. */

import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** An answer as it is kept. */
export interface Entry {
  /** Bytes ready to send. Of a decode that a descriptor shares: what follows the VIN's own part. */
  readonly body: Buffer;
  /** Digest of the body. */
  readonly digest: string;
  /** The data version that the body was made from. */
  readonly version: string;
  /** Only of a decode that a descriptor shares: the texts around a VIN and its check digits (decode/own-part.ts). */
  readonly frame?: readonly string[];
}

/**
 * What a cache needs of its memory: small enough for this process's own, and for one that servers share over a
 * network. Neither function throws or rejects: a store that fails has nothing.
 */
export interface AnswerStore {
  /** The entry, or undefined; as a promise only where it takes a network, so that a hit in memory waits for nothing. */
  get(key: string): Entry | undefined | Promise<Entry | undefined>;
  /** Keeps the entry for so many milliseconds at most. */
  set(key: string, entry: Entry, lifetime: number): void;
}

/** A store that keeps nothing. */
export const emptyStore: AnswerStore = {
  get: () => undefined,
  set: () => undefined,
};

/**
 * What an entry takes beside its body and the characters of its key, in bytes: objects, buffer header, list and map
 * slots. 100,000 entries of 1 kB took 1,590 bytes each, key included.
 */
const OVERHEAD = 500;

/** How often a memory was asked for an entry since the start. */
export interface LookupCounts {
  readonly hits: number;
  readonly misses: number;
}

/** The answers asked for last, as many as fit into so many bytes. */
export class MemoryStore implements AnswerStore {
  readonly #entries: LRUCache<string, Entry>;
  readonly #counts = { hits: 0, misses: 0 };

  /**
   * @param maxBytes more than 0; an entry that is larger on its own is not kept
   * @param clock in milliseconds, for tests
   */
  constructor(maxBytes: number, clock: { now(): number } = performance) {
    // Reading the clock for each lookup costs less than the timers that would spare it.
    this.#entries = new LRUCache({ maxSize: maxBytes, perf: clock, ttlResolution: 0 });
  }

  get(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) this.#counts.misses += 1;
    else this.#counts.hits += 1;
    return entry;
  }

  set(key: string, entry: Entry, lifetime: number): void {
    this.#entries.set(key, entry, { ttl: lifetime, size: entry.body.length + key.length + OVERHEAD });
  }

  get counts(): LookupCounts {
    return this.#counts;
  }

  /** Bytes in use, as they are counted against the limit. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }
}

/** What an entry's ETag is made of. */
export function digestOf(body: Buffer): string {
  return hash('sha256', body, 'base64url');
}

/**
 * The text as UTF-8 in memory of its own. `Buffer.from` would cut small buffers out of a shared 8 kB block, which
 * then stays as long as any of them does, and no count of bytes would be true.
 */
export function bytesOf(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
