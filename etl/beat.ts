import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { call, ETL_ROLE } from './call.ts';
import { connect } from './connect.ts';
import type { RunState } from './observed-progress.ts';

/** Once a second: who cancels a run waits no longer than that, and who follows one sees it move. */
const BEAT_MS = 1000;

/**
 * The sign of life of a run: tells the database how far it is and how much memory it holds, and asks whether somebody
 * wants it to stop. On a connection of its own, because the run's is busy for as long as a compile step takes. A
 * connection that breaks is made anew; a run without a pulse goes on.
 */
export class Beat {
  readonly #url: string;
  readonly #runId: number;
  readonly #state: () => RunState;
  readonly #cancelled = new AbortController();
  readonly #done = new AbortController();
  readonly #work: Promise<void>;

  constructor(url: string, runId: number, state: () => RunState) {
    this.#url = url;
    this.#runId = runId;
    this.#state = state;
    this.#work = this.#run();
  }

  /** Aborted when somebody asked the run to stop (etl.cancel_run). */
  get signal(): AbortSignal {
    return this.#cancelled.signal;
  }

  async stop(): Promise<void> {
    this.#done.abort();
    await this.#work;
  }

  async #run(): Promise<void> {
    let client: Client | undefined;
    while (!this.#done.signal.aborted) {
      try {
        client ??= await connect(this.#url, ETL_ROLE);
        const isCancelled = await call<boolean>(client, 'select etl.report_progress($1, $2, $3) as value', [
          this.#runId,
          JSON.stringify(this.#state()),
          process.memoryUsage.rss(),
        ]);
        if (isCancelled) this.#cancelled.abort(new Error('somebody asked the rebuild to stop'));
      } catch {
        await client?.end().catch(() => {});
        client = undefined;
      }
      await sleep(BEAT_MS, undefined, { signal: this.#done.signal }).catch(() => {});
    }
    await client?.end().catch(() => {});
  }
}
