/** What the data does not have, remembered for a while: a client that asks for an unknown make asks again. */

import { LRUCache } from 'lru-cache';
import { Problem } from '../problem.ts';

/** Short: nobody is told when such an answer becomes wrong, except by a publish. */
const LIFETIME_MS = 5 * 60_000;

/**
 * In this process's memory alone, and few: there is no end of makes that are none, and whoever asks for them one after the other
 * must not drive answers out of a cache, here or in Redis. Some 2 MB.
 */
const MOST = 2_000;

/** Questions to which the answer was 404. */
export class NegativeAnswers {
  readonly #problems: LRUCache<string, Problem>;
  #hits = 0;

  /** @param clock in milliseconds, for tests */
  constructor(clock: { now(): number } = performance) {
    this.#problems = new LRUCache({ max: MOST, ttl: LIFETIME_MS, perf: clock, ttlResolution: 0 });
  }

  /** How often one was found. */
  get hits(): number {
    return this.#hits;
  }

  /** The problem to throw, or undefined. */
  get(key: string): Problem | undefined {
    const problem = this.#problems.get(key);
    if (problem !== undefined) this.#hits += 1;
    return problem;
  }

  /** Keeps it where it says that something is not there; what else went wrong may go right the next time. */
  keep(key: string, error: unknown): void {
    if (!(error instanceof Problem && error.status === 404)) return;
    // Without its cause: the error of the database is larger than all the rest.
    const { status, slug, title, message: detail, extensions, headers } = error;
    this.#problems.set(key, new Problem({ status, slug, title, detail, extensions, headers }));
  }
}
