/**
 * Notices a server that has gone without a word: a cut cable, a dropped packet, a frozen machine. A question over such a connection
 * gets neither an answer nor an error, and a time limit for statements cannot tell it from a slow one. So while somebody waits, and
 * only then, the server is asked over another connection whether it answers at all. An answer to anybody is a sign of life, too: a
 * server with too much to do answers somebody, and may take its time to answer this.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface HeartbeatOptions {
  /** A question that the server answers in a millisecond when it can answer anything. */
  ask: () => Promise<unknown>;
  /** Milliseconds between looks: a question is left alone for one to two of them. */
  everyMs: number;
  /** Milliseconds in which it, or anybody, has to be answered; asked for each time. */
  patienceMs: () => number;
  /** Called before those who wait are told. */
  onSilence: () => void;
}

/**
 * Patience is counted in so many milliseconds at a time, each with a turn of the event loop. Where this process is slow, or stood still,
 * a turn takes longer and the answer that has come meanwhile is read before the next: what is counted is time in which it would have been.
 */
const STEP_MS = 50;

interface Waiting {
  readonly since: number;
  readonly give: (error: Error) => void;
}

/** What those who wait are told. */
class Silence extends Error {
  readonly code = 'ETIMEDOUT';
}

export class Heartbeat {
  readonly #options: HeartbeatOptions;
  /** In the order in which they came. */
  readonly #waiting = new Set<Waiting>();
  #timer: NodeJS.Timeout | null = null;
  #look = 0;
  /** Answers to anybody, errors of the server's own included. */
  #heard = 0;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /** What the promise gives, or an error as soon as the server that it waits for turns out to be silent. */
  guard<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { since: this.#look, give: reject };
      this.#waiting.add(waiting);
      // One timer for all: a timer for each question would cost more than the rest of this.
      this.#timer ??= this.#next();
      promise.then(
        (value) => {
          this.#waiting.delete(waiting);
          this.#heard += 1;
          resolve(value);
        },
        (error: unknown) => {
          this.#waiting.delete(waiting);
          if (error instanceof pg.DatabaseError) this.#heard += 1;
          reject(error);
        },
      );
    });
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #next(): NodeJS.Timeout {
    return setTimeout(() => void this.#beat(), this.#options.everyMs).unref();
  }

  async #beat(): Promise<void> {
    const [eldest] = this.#waiting;
    if (eldest !== undefined && eldest.since < this.#look) {
      const asked = [...this.#waiting];
      if (!(await this.#isAlive())) this.#tell(asked);
    }
    this.#look += 1;
    this.#timer = this.#waiting.size > 0 ? this.#next() : null;
  }

  #tell(asked: readonly Waiting[]): void {
    this.#options.onSilence();
    const error = new Silence('the database does not answer at all');
    for (const waiting of asked) {
      if (this.#waiting.delete(waiting)) waiting.give(error);
    }
  }

  async #isAlive(): Promise<boolean> {
    const { ask } = this.#options;
    const patienceMs = this.#options.patienceMs();
    const heard = this.#heard;
    let isAnswered: boolean | null = null;
    ask().then(
      () => {
        isAnswered = true;
      },
      (error: unknown) => {
        // An error that the server itself sends is an answer.
        isAnswered = error instanceof pg.DatabaseError;
      },
    );
    for (let waited = 0; isAnswered === null && waited < patienceMs; waited += STEP_MS) {
      await sleep(STEP_MS);
      if (this.#heard !== heard) return true;
    }
    return isAnswered ?? false;
  }
}
