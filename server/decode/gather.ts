/** Questions that come one by one, asked together: each waits at most for the batches under way. */

import { unavailable } from '../problem.ts';

interface Waiting<Question, Answer> {
  question: Question;
  since: number;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export interface GatherOptions {
  /** Batches under way at most; a question that finds fewer is asked at once. */
  atOnce: number;
  /** Questions in a batch at most. */
  most: number;
  /** Milliseconds after which a question is no longer asked: whoever waits for it is better told so. */
  patienceMs: number;
}

/** Seconds: the load that made it too late is often gone by then. */
const RETRY_AFTER = 2;

/**
 * Asks as many questions together as have come while the ones before were asked: none waits for company, and the
 * more there is to do, the less each costs.
 */
export class Gather<Question, Answer> {
  readonly #ask: (questions: readonly Question[]) => Promise<readonly Answer[]>;
  readonly #options: GatherOptions;
  #waiting: Waiting<Question, Answer>[] = [];
  #underWay = 0;
  /** Questions in them. */
  #asked = 0;
  #isScheduled = false;

  /** @param ask gives the answers in the order of the questions */
  constructor(ask: (questions: readonly Question[]) => Promise<readonly Answer[]>, options: GatherOptions) {
    this.#ask = ask;
    this.#options = options;
  }

  /** @throws Problem 503 when it could not be asked in time */
  load(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, since: performance.now(), resolve, reject });
      this.#schedule();
    });
  }

  /** At the end of this turn of the event loop, so that all requests that it brought are in the batch. */
  #schedule(): void {
    if (this.#isScheduled || this.#waiting.length === 0 || this.#underWay >= this.#options.atOnce) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#refuseTooLate();
      if (this.#waiting.length === 0) return;
      void this.#run(this.#waiting.splice(0, this.#share()));
      this.#schedule();
    });
  }

  /** Looked at only when a batch has ended, which the database's own time limit sees to. */
  #refuseTooLate(): void {
    const latest = performance.now() - this.#options.patienceMs;
    const inTime = this.#waiting.findIndex(({ since }) => since >= latest);
    const tooLate = this.#waiting.splice(0, inTime < 0 ? this.#waiting.length : inTime);
    for (const { reject } of tooLate) {
      reject(unavailable('the vehicle database could not answer in time; try again shortly', RETRY_AFTER));
    }
  }

  /** An equal share for each batch: a long one would leave the others without company, and the database idle. */
  #share(): number {
    const { atOnce, most } = this.#options;
    return Math.min(most, Math.ceil((this.#waiting.length + this.#asked) / atOnce));
  }

  async #run(batch: Waiting<Question, Answer>[]): Promise<void> {
    this.#underWay += 1;
    this.#asked += batch.length;
    try {
      const answers = await this.#ask(batch.map(({ question }) => question));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const answer = answers[index];
        if (answer === undefined) reject(new Error(`${batch.length} questions, ${answers.length} answers`));
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    this.#underWay -= 1;
    this.#asked -= batch.length;
    this.#schedule();
  }
}
