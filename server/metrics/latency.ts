/** Counting requests, cheaply: plain numbers while requests run, Prometheus's words only when somebody asks. */

/**
 * Upper bounds in seconds, half a decade apart: an answer from memory takes 0.1 ms, one from the database 1 to 10 ms,
 * a whole list up to a second; 10 s are what a statement may take.
 */
export const BUCKETS: readonly number[] = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/** How the requests of one route and method were answered, and how fast. */
export class Latency {
  /** Requests by bucket, the last one for all that took longer. */
  readonly #counts = new Float64Array(BUCKETS.length + 1);
  #sum = 0;

  /** @param seconds how long one request took */
  observe(seconds: number): void {
    let bucket = 0;
    // From below: nearly everything is in the first two.
    while (bucket < BUCKETS.length && seconds > (BUCKETS[bucket] ?? 0)) bucket += 1;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sum += seconds;
  }

  /** Seconds of all requests together. */
  get sum(): number {
    return this.#sum;
  }

  /** For each bucket how many requests took so long or less, the last one being all of them. */
  cumulated(): number[] {
    let total = 0;
    return Array.from(this.#counts, (count) => {
      total += count;
      return total;
    });
  }
}
