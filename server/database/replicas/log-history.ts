/** How far the primary's log was when, which is what a replica's lag is measured by. */

interface Sample {
  readonly at: number;
  readonly position: number;
}

/** Older samples are of no use: a replica that far behind is left out all the same. */
const KEPT_MS = 60_000;

/**
 * Looks are a second apart. Where two samples are further from each other the primary was away between them, and after that is ahead of
 * all replicas at once: they are behind since it is back, not since it went.
 */
const MOST_BETWEEN_MS = 2_000;

export class LogHistory {
  readonly #now: () => number;
  #samples: Sample[] = [];
  /** The primary's clock minus ours. */
  #ahead = 0;
  /** How far that may be off: it was read at some moment between question and answer. */
  #doubtMs = 0;

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether the primary has not been heard of since the start. */
  get isEmpty(): boolean {
    return this.#samples.length === 0;
  }

  /** The time of ours to hand to {@link add} and {@link clockDifference}, taken before the question. */
  get now(): number {
    return this.#now();
  }

  /** The primary said so, just now, asked at that time of ours. */
  add(position: number, clock: number, asked = this.#now()): void {
    const at = this.#now();
    this.#ahead = clock - (asked + at) / 2;
    this.#doubtMs = (at - asked) / 2;
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
    const reached = this.#samples.findLastIndex((sample) => sample.position <= position);
    const [last, next = newest] = [this.#samples[Math.max(reached, 0)], this.#samples[reached + 1]];
    return this.#now() - Math.max(last?.at ?? 0, next.at - MOST_BETWEEN_MS);
  }

  /**
   * Milliseconds by which a replica's clock, heard just now and asked for at that time of ours, certainly differs from the primary's. An
   * answer that took long, or that this process was late to read, says less about a clock.
   */
  clockDifference(clock: number, asked = this.#now()): number {
    const at = this.#now();
    const off = Math.abs(clock - (asked + at) / 2 - this.#ahead);
    return Math.max(0, off - (at - asked) / 2 - this.#doubtMs);
  }
}
