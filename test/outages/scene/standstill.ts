/** Between two looks. */
const EVERY_MS = 20;

/** Later than this is no busy moment: the process was stopped, or the machine. */
const LATE_MS = 100;

/** Counts the time in which this process did not run: nothing that was asked meanwhile can have been late. */
export class Standstill {
  #lostMs = 0;
  #last = performance.now();
  readonly #timer = setInterval(() => this.#look(), EVERY_MS);

  get lostMs(): number {
    this.#look();
    return this.#lostMs;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    const gap = now - this.#last;
    if (gap > LATE_MS) this.#lostMs += gap - EVERY_MS;
    this.#last = now;
  }
}
