/** A database that a server needs prepared, and that may come later than the server. */

import { ExponentialBackoff, halfJitterGenerator, handleAll, retry } from 'cockatiel';
import { describe } from '../failure.ts';

export interface ArrivalOptions {
  /** Brings it to the state of this program. Called until it succeeds. */
  prepare: () => Promise<void>;
  /** Why it cannot be prepared now; null when it can. */
  away: string | null;
  /** What is the matter meanwhile, in a clause for people. */
  meanwhile: string;
  note: (line: string) => void;
  signal: AbortSignal;
}

/** Somebody starts a database and waits for this: the cap is what that takes longer at most. */
const BACKOFF = new ExponentialBackoff({
  initialDelay: 500,
  maxDelay: 2_000,
  generator: halfJitterGenerator,
});

export class Arrival {
  #isHere = false;
  readonly #callbacks: (() => void)[] = [];

  /**
   * Prepares the database, now where it is there, else in the background as soon as it is.
   *
   * @throws whatever `prepare` throws, when it is there: what is wrong with it is for people to put right, before anything is served
   */
  static async of(options: ArrivalOptions): Promise<Arrival> {
    const arrival = new Arrival();
    if (options.away === null) {
      await options.prepare();
      arrival.#arrive();
    } else {
      options.note(`${options.away}; ${options.meanwhile}`);
      void arrival.#wait(options);
    }
    return arrival;
  }

  private constructor() {}

  /** Whether it is prepared. */
  readonly isHere = (): boolean => this.#isHere;

  /** Calls back once it is prepared, at once when it is. */
  whenHere(callback: () => void): void {
    if (this.#isHere) callback();
    else this.#callbacks.push(callback);
  }

  /** What goes wrong here is told once in each of its forms, and tried again: the process serves what it can. */
  async #wait({ prepare, away, note, signal }: ArrivalOptions): Promise<void> {
    let told = away;
    await retry(handleAll, { maxAttempts: Number.POSITIVE_INFINITY, backoff: BACKOFF })
      .execute(async () => {
        if (signal.aborted) return;
        try {
          await prepare();
        } catch (error) {
          const line = describe(error);
          if (line !== told && !signal.aborted) note(`${line}; trying again`);
          told = line;
          throw error;
        }
        this.#arrive();
      }, signal)
      .catch(() => undefined);
  }

  #arrive(): void {
    this.#isHere = true;
    for (const callback of this.#callbacks.splice(0)) callback();
  }
}
