/**
 * The users' lists of vehicles, kept for five minutes and forgotten when they change, whichever server changed them
 * (docs/adr/0018). A list that was under way when its user's vehicles changed is given to those who asked before, and not kept.
 */

import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Problem } from '../problem.ts';
import type { SharedLists } from './shared-lists.ts';

/** What is needed of a memory for lists: this process's own, or one in front of another that servers share. */
export interface ListStore {
  get(key: string): string | undefined;
  /** Keeps the list for so many milliseconds at most. */
  set(key: string, list: string, lifetime: number): void;
  delete(key: string): void;
  clear(): void;
}

/** A list as JSON text, and where it came from. */
export interface ServedList {
  readonly body: string;
  readonly cache: 'HIT' | 'MISS' | 'STALE';
}

/** CONTRACT, section 5. */
export const LIFETIME_MS = 5 * 60_000;

const PREFIX = 'mvp-platform:vehicles:lists:';

/** What an entry takes beside its text and key, in bytes. */
const OVERHEAD = 500;

/** The lists in this process's memory. */
export class MemoryListStore implements ListStore {
  readonly #lists: LRUCache<string, string>;

  /**
   * @param maxBytes more than 0
   * @param clock in milliseconds, for tests
   */
  constructor(maxBytes: number, clock: { now(): number } = performance) {
    this.#lists = new LRUCache({ maxSize: maxBytes, perf: clock, ttlResolution: 0 });
  }

  get(key: string): string | undefined {
    return this.#lists.get(key);
  }

  set(key: string, list: string, lifetime: number): void {
    // Two bytes a character at most: an upper bound is enough, and counting costs.
    this.#lists.set(key, list, { ttl: lifetime, size: 2 * (list.length + key.length) + OVERHEAD });
  }

  delete(key: string): void {
    this.#lists.delete(key);
  }

  clear(): void {
    this.#lists.clear();
  }
}

/** How the database names a user in its notifications, and the cache in its keys: no subject stands in either. */
export function digestOf(subject: string): string {
  return createHash('sha256').update(subject).digest('hex');
}

/** The cache of lists. */
export class UserLists {
  readonly #store: ListStore | null;
  readonly #shared: SharedLists | null;
  readonly #loads = new Map<string, Promise<ServedList>>();
  /** Whether every change is heard of: only then is a kept list as good as the database's. */
  #isCurrent = false;

  /**
   * @param store null keeps nothing
   * @param shared what other servers have loaded
   */
  constructor(store: ListStore | null, shared: SharedLists | null = null) {
    this.#store = store;
    this.#shared = shared;
  }

  /** The user's list: kept, or loaded; while the database is away the kept one, called stale. */
  async list(subject: string, load: () => Promise<string>): Promise<ServedList> {
    const key = PREFIX + digestOf(subject);
    const kept = this.#isCurrent ? this.#store?.get(key) : undefined;
    if (kept !== undefined) return { body: kept, cache: 'HIT' };
    try {
      return await this.#load(key, load);
    } catch (error) {
      if (!(error instanceof Problem && error.status === 503)) throw error;
      const stale = this.#store?.get(key) ?? (await this.#shared?.find(key, true))?.body;
      if (stale === undefined) throw error;
      return { body: stale, cache: 'STALE' };
    }
  }

  /** The user's vehicles changed: here, so that the next request sees it whatever the notification does. */
  forget(subject: string): void {
    const digest = digestOf(subject);
    this.forgetDigest(digest);
    this.#shared?.delete(PREFIX + digest);
  }

  /** The vehicles of the user with this digest changed, on whichever server. */
  forgetDigest(digest: string): void {
    const key = PREFIX + digest;
    this.#store?.delete(key);
    this.#shared?.changed(key);
    this.#loads.delete(key);
  }

  /** From here on every change is heard of; what was kept before may have changed unheard. */
  hear(): void {
    this.#store?.clear();
    this.#shared?.hear();
    this.#loads.clear();
    this.#isCurrent = true;
  }

  /** From here on changes may go unheard. */
  mishear(): void {
    this.#isCurrent = false;
  }

  /** One load for all who ask at once, kept unless it was outdated under way. */
  #load(key: string, load: () => Promise<string>): Promise<ServedList> {
    const underWay = this.#loads.get(key);
    if (underWay !== undefined) return underWay;
    const isStillIt = (): boolean => this.#loads.get(key) === loading;
    const loading = this.#fetch(key, load, isStillIt).finally(() => {
      if (isStillIt()) this.#loads.delete(key);
    });
    this.#loads.set(key, loading);
    return loading;
  }

  async #fetch(key: string, load: () => Promise<string>, isStillIt: () => boolean): Promise<ServedList> {
    const shared = this.#isCurrent ? await this.#shared?.find(key, false) : undefined;
    if (shared !== undefined) {
      if (isStillIt()) this.#store?.set(key, shared.body, shared.lifetime);
      return { body: shared.body, cache: 'HIT' };
    }
    const loadedAt = this.#shared?.now ?? 0;
    const body = await load();
    if (isStillIt()) {
      this.#store?.set(key, body, LIFETIME_MS);
      this.#shared?.keep(key, body, loadedAt);
    }
    return { body, cache: 'MISS' };
  }
}
