import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { call } from './call.ts';
import { connect } from './connect.ts';

/** A cancel request that arrives between two statements ends nothing, so it is repeated as often as this. */
const REPEAT_MS = 500;

/** Turns an abort into the end of the statement that runs in the server. */
export class Canceller {
  readonly #client: Client;
  readonly #url: string;
  readonly #signal: AbortSignal;
  readonly #done = new AbortController();
  #pid: number | undefined;
  #work: Promise<void> | undefined;

  constructor(client: Client, url: string, signal: AbortSignal) {
    this.#client = client;
    this.#url = url;
    this.#signal = signal;
  }

  /** @throws when the signal is aborted already. */
  async arm(): Promise<void> {
    this.#pid = await call<number>(this.#client, 'select pg_catalog.pg_backend_pid() as value', []);
    this.#signal.throwIfAborted();
    this.#signal.addEventListener('abort', this.#start, { once: true });
  }

  /** From here on nothing is cancelled any more. */
  async disarm(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#start);
    this.#done.abort();
    await this.#work;
  }

  readonly #start = (): void => {
    this.#work = this.#cancel().catch(() => {});
  };

  async #cancel(): Promise<void> {
    // As the login itself: the role of the rebuild may not signal a backend of the login's.
    const client = await connect(this.#url);
    try {
      while (!this.#done.signal.aborted) {
        await client.query('select pg_catalog.pg_cancel_backend($1)', [this.#pid]);
        await sleep(REPEAT_MS, undefined, { signal: this.#done.signal });
      }
    } finally {
      await client.end();
    }
  }
}
