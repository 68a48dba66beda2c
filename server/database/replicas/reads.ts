/** Reads that go to a replica where one can answer them, and to the primary where none can. */

import type pg from 'pg';
import { problemOfDatabaseError } from '../../sqlstate.ts';
import type { Queries } from '../queries.ts';
import type { Replica } from './replica.ts';
import type { Replicas } from './replicas.ts';

/** What the statements of http/ask.ts give, beside what else they give. */
interface Versioned {
  version?: unknown;
}

export class ReplicaReads implements Queries {
  readonly #replicas: Replicas;
  readonly #kind: 'single' | 'bulk';
  readonly #primary: Queries;

  constructor(replicas: Replicas, kind: 'single' | 'bulk', primary: Queries) {
    this.#replicas = replicas;
    this.#kind = kind;
    this.#primary = primary;
  }

  /**
   * A replica that fails for reasons of its own (away, silent, a query cancelled because it stood in the way of replaying the log,
   * whatever a standby cannot do) passes the question on. So does one whose answer is of another release than the published one, whatever the last look at it said:
   * nobody is given an older answer than was announced.
   */
  async query<Row extends pg.QueryResultRow>(statement: pg.QueryConfig): Promise<{ rows: Row[] }> {
    const tried: Replica[] = [];
    for (let replica = this.#replicas.choose(); replica !== null; replica = this.#replicas.choose(tried)) {
      tried.push(replica);
      try {
        const result = await replica.queries[this.#kind].query<Row>(statement);
        if (this.#isOfPublished(result.rows)) return result;
      } catch (error) {
        if (isClients(error) && replica.serves(this.#replicas.version ?? '')) throw error;
      }
    }
    return this.#primary.query<Row>(statement);
  }

  #isOfPublished(rows: readonly Versioned[]): boolean {
    const version = rows[0]?.version;
    return version === undefined || version === this.#replicas.version;
  }
}

/** Whether the client would be told the same by every server. */
function isClients(error: unknown): boolean {
  const status = problemOfDatabaseError(error)?.status;
  return status !== undefined && status < 500;
}
