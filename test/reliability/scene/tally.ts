/** What clients were told, counted. */

import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Harm } from '../section.ts';

/** What came of one request. */
export type Verdict =
  /** What it should be; `stale` where it says so. */
  | 'right'
  | 'stale'
  /** 503 or 429 as documented, with `Retry-After`. */
  | 'refused'
  /** No answer, since the service was being killed or started. */
  | 'unconnected'
  | 'wrong'
  | 'unexpected 5xx'
  | 'hang'
  /** No answer, and no reason for that. */
  | 'broken';

/** Each kind of objection is told so often. */
const TOLD = 5;

export class Tally {
  readonly #counts = new Map<Verdict, number>();
  readonly #told = new Map<Verdict, string[]>();
  /** Microseconds of what was answered, right or stale. */
  readonly #times: RecordableHistogram = createHistogram();
  lost = 0;

  /** @param ms from the moment in which it was due */
  add(verdict: Verdict, ms: number, objection = ''): void {
    this.#counts.set(verdict, this.of(verdict) + 1);
    if (verdict === 'right' || verdict === 'stale') this.#times.record(Math.max(1, Math.round(ms * 1_000)));
    if (objection === '') return;
    const told = this.#told.get(verdict) ?? [];
    if (told.length < TOLD) told.push(objection);
    this.#told.set(verdict, told);
  }

  of(verdict: Verdict): number {
    return this.#counts.get(verdict) ?? 0;
  }

  get requests(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Milliseconds within which so many of a hundred answers came; one decimal. */
  percentile(percent: number): number {
    return this.#times.count === 0 ? 0 : Math.round(this.#times.percentile(percent) / 100) / 10;
  }

  get slowestMs(): number {
    return this.#times.count === 0 ? 0 : Math.round(this.#times.max / 1_000);
  }

  /** Adds what a phase had for itself. */
  addAll(phase: Tally): void {
    for (const [verdict, count] of phase.#counts) this.#counts.set(verdict, this.of(verdict) + count);
    for (const [verdict, lines] of phase.#told) {
      this.#told.set(verdict, [...(this.#told.get(verdict) ?? []), ...lines].slice(0, TOLD));
    }
    if (phase.#times.count > 0) this.#times.add(phase.#times);
    this.lost += phase.lost;
  }

  harm(crashes: number): Harm {
    return {
      wrong: this.of('wrong'),
      lost: this.lost,
      unexpected5xx: this.of('unexpected 5xx'),
      crashes,
      hangs: this.of('hang'),
    };
  }

  /** What should not have been: what is counted as harm is told in full, so that it can be looked for. */
  get objections(): string[] {
    return [...this.#told].flatMap(([verdict, lines]) => lines.map((line) => `${verdict}: ${line}`));
  }
}
