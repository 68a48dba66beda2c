/** How far the primary's log was when, which is what a replica's lag is measured by. */

interface Sample {
  readonly at: number;
  readonly position: number;
}

/** Older samples are of no use: a replica that far behind is left out all the same. */
const KEPT_MS = 60_000;

export class LogHistory {
  readonly #now: () => number;
  #samples: Sample[] = [];
  /** The primary's clock minus ours. */
  #ahead = 0;

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether the primary has not been heard of since the start. */
  get isEmpty(): boolean {
    return this.#samples.length === 0;
  }

  /** The primary said so, just now. */
  add(position: number, clock: number): void {
    const at = this.#now();
    this.#ahead = clock - at;
    this.#samples = [...this.#samples.filter((sample) => at - sample.at < KEPT_MS), { at, position }];
  }

  /**
   * Milliseconds since the replica was as far as the primary: 0 when it has all that the primary was heard to have written. That also
   * holds while the primary is away: nobody has more then. Null before the primary was heard of.
   */
  lagOf(position: number): number | null {
    const newest = this.#samples.at(-1);
    if (newest === undefined) return null;
    if (position >= newest.position) return 0;
    const reached = this.#samples.findLast((sample) => sample.position <= position);
    return this.#now() - (reached ?? this.#samples[0] ?? newest).at;
  }

  /** Milliseconds between a replica's clock, heard just now, and the primary's. */
  clockDifference(clock: number): number {
    return Math.abs(clock - this.#now() - this.#ahead);
  }
}
