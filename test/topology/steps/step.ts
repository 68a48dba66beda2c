/** What a step of the run is, and what it says when it is through. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Verdict } from '../judge.ts';
import type { Met } from '../load.ts';
import type { Site } from '../site.ts';

/** How long something took. */
export interface Timing {
  readonly what: string;
  readonly ms: number;
}

/** What came of a step. */
export interface Outcome {
  readonly met: Met;
  readonly verdict: Verdict;
  readonly timings: readonly Timing[];
  /** What else is worth saying. */
  readonly notes: readonly string[];
  /** What should not have been. */
  readonly objections: readonly string[];
}

export interface Step {
  /** For `--only`. */
  readonly name: string;
  /** What is done, for the report. */
  readonly title: string;
  /** Kinds of failures that are expected, and why; any other is an objection. */
  readonly expected?: Readonly<Record<string, string>>;
  run(site: Site): Promise<Outcome>;
}

/** What a drill found out by itself. */
export interface Found {
  readonly timings: readonly Timing[];
  readonly notes?: readonly string[];
  readonly objections?: readonly string[];
}

/** Milliseconds of ordinary life before something happens and after all is well again. */
const QUIET_MS = 4_000;

/** Does something while clients ask, and judges what they were told once the right answers are known. */
export async function underLoad(
  site: Site,
  expected: Readonly<Record<string, string>>,
  drill: () => Promise<Found>,
): Promise<Outcome> {
  const load = site.load();
  let found: Found;
  try {
    await sleep(QUIET_MS);
    found = await drill();
    await sleep(QUIET_MS);
  } finally {
    await load.stop();
  }
  const met = load.take();
  await site.learn();
  const verdict = site.judge.verdict();
  return {
    met,
    verdict,
    timings: found.timings,
    notes: found.notes ?? [],
    objections: [...(found.objections ?? []), ...objectionsTo(met, verdict, expected)],
  };
}

/** What holds for every step. */
export function objectionsTo(
  met: Met,
  verdict: Verdict,
  expected: Readonly<Record<string, string>>,
): string[] {
  const objections = verdict.examples.map((example) => `wrong: ${example}`);
  if (verdict.unknown > 0) objections.push(`${verdict.unknown} answers of a version that nobody knows`);
  for (const [kind, count] of Object.entries(met.failures)) {
    if (expected[kind] === undefined) objections.push(`${count} × ${kind}: ${met.examples.join(' / ')}`);
  }
  return objections;
}
