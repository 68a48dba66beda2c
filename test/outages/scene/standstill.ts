/** Between two looks. */
const EVERY_MS = 20;

/** Later than this is no busy moment: the process was stopped, or the machine. */
const LATE_MS = 100;

/** So long that time limits of the service were passed by it. */
const LONG_MS = 1_000;

/** Counts the time in which this process did not run: nothing that was asked meanwhile can have been late. */
export class Standstill {
  #lostMs = 0;
  #last = performance.now();
  #lastLong = Number.NEGATIVE_INFINITY;
  readonly #timer = setInterval(() => this.#look(), EVERY_MS);

  get lostMs(): number {
    this.#look();
    return this.#lostMs;
  }

  /** Whether this process stood still for long within so many milliseconds. */
  isWithin(ms: number): boolean {
    this.#look();
    return performance.now() - this.#lastLong < ms;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    const gap = now - this.#last;
    if (gap > LATE_MS) this.#lostMs += gap - EVERY_MS;
    if (gap > LONG_MS) this.#lastLong = now;
    this.#last = now;
  }
}
