/** Tells the database's memo which decodes were asked for, so that servers that start cold find them there. */

import type { Logger } from 'pino';
import type { Queries } from '../database/queries.ts';

const REMEMBER = { name: 'remember_vins', text: 'select api.remember_vins($1, $2)' };

/** VINs a call: some ten milliseconds of work. */
const BATCH = 200;

/** VINs that wait at most. What does not fit is left out: it is decoded again one day, which is what a memo saves. */
const WAITING = 10_000;

/** Milliseconds before the first call, so that a burst becomes one batch. */
const DEBOUNCE_MS = 200;

/**
 * A pause is so many times as long as the call before it: a hundredth of one connection's time is the most it takes. It was a
 * tenth, and cost a busy server a fifth of its decodes: they are decoded twice, and written, by the cores that are missed.
 */
const PAUSE_PER_CALL = 99;

interface Waiting {
  vin: string;
  modelYear: number | undefined;
}

/** A queue of VINs on their way to the memo. Nobody waits for it, and it fails in silence (log level debug). */
export class Memo {
  readonly #primary: Queries;
  readonly #logger: Pick<Logger, 'debug'>;
  readonly #now: () => number;
  readonly #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | null = null;
  #call: Promise<void> | null = null;
  #isClosed = false;

  /**
   * @param primary the platform database that takes writes
   * @param now milliseconds of a clock that never goes back, for tests
   */
  constructor(primary: Queries, logger: Pick<Logger, 'debug'>, now: () => number = () => performance.now()) {
    this.#primary = primary;
    this.#now = now;
    this.#logger = logger;
  }

  /** A VIN whose answer is common to its descriptor, and was not known here. */
  add(vin: string, modelYear: number | undefined): void {
    if (this.#isClosed || this.#waiting.length >= WAITING) return;
    // A copy: a VIN cut out of a chunk of a stream would hold on to all of the chunk for as long as it waits.
    this.#waiting.push({ vin: Buffer.from(vin, 'latin1').toString('latin1'), modelYear });
    this.#schedule(DEBOUNCE_MS);
  }

  /** Drops what waits; resolves when the call under way, if any, has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiting.length = 0;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#call;
  }

  #schedule(delay: number): void {
    if (this.#timer !== null || this.#call !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#call = this.#remember();
    }, delay).unref();
  }

  async #remember(): Promise<void> {
    const batch = this.#waiting.splice(0, BATCH);
    const begun = this.#now();
    try {
      await this.#primary.query({
        ...REMEMBER,
        values: [batch.map(({ vin }) => vin), batch.map(({ modelYear }) => modelYear ?? null)],
      });
    } catch (error) {
      this.#logger.debug({ err: error, vins: batch.length }, 'the memo was not told');
    }
    this.#call = null;
    const pause = Math.max(DEBOUNCE_MS, PAUSE_PER_CALL * (this.#now() - begun));
    if (this.#waiting.length > 0) this.#schedule(pause);
  }
}
