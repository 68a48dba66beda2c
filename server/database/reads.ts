/** Questions that only read, asked again where that may help: a connection that breaks is no reason to fail a request. */

import { decorrelatedJitterGenerator, ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import type pg from 'pg';
import { isTransient } from '../sqlstate.ts';
import type { Queries } from './queries.ts';

/**
 * Milliseconds from the first failure in which another try may begin. With what a silent server takes to be noticed (upstream.ts), a
 * request that cannot be answered has its 503 within a second.
 */
const BUDGET_MS = 150;

/** After the second try, which follows at once: a pool that lost one connection has others. */
const BACKOFF = new ExponentialBackoff({
  initialDelay: 40,
  maxDelay: 150,
  generator: decorrelatedJitterGenerator,
});

/** Tries again, at random moments a little later each time: those who failed together must not come back together. */
export class RetriedReads implements Queries {
  readonly #queries: Queries;
  #retries = 0;

  constructor(queries: Queries) {
    this.#queries = queries;
  }

  /** Tries that were not the first, since the start. */
  get retries(): number {
    return this.#retries;
  }

  async query<Row extends pg.QueryResultRow>(statement: pg.QueryConfig): Promise<{ rows: Row[] }> {
    try {
      return await this.#queries.query<Row>(statement);
    } catch (error) {
      if (!isTransient(error)) throw error;
      const failed = performance.now();
      const isWorthwhile = (reason: unknown): boolean =>
        isTransient(reason) && performance.now() - failed < BUDGET_MS;
      return retry(handleWhen(isWorthwhile), { maxAttempts: 2, backoff: BACKOFF }).execute(() => {
        this.#retries += 1;
        return this.#queries.query<Row>(statement);
      });
    }
  }
}
