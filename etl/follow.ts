import { setTimeout as sleep } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { call, ETL_ROLE } from './call.ts';
import { connect } from './connect.ts';
import type { Progress } from './progress.ts';
import { REBUILD } from './schedule.ts';

/** Twice as often as a run says how far it is. */
const LOOK_MS = 500;

/** A run as etl.describe_run tells it. */
const runState = z.object({
  runId: z.int(),
  status: z.string(),
  isOver: z.boolean(),
  reason: z.string().nullable(),
  dataVersion: z.string().nullable(),
  report: z.string().nullable(),
  progress: z
    .object({
      step: z.string(),
      done: z.number(),
      share: z.number(),
      rows: z.number(),
      totalRows: z.number().nullable(),
      bytes: z.number(),
      totalBytes: z.number().nullable(),
    })
    .nullable(),
});

export type RunState = z.output<typeof runState>;

/** How a job ended that somebody followed. */
export interface Followed {
  /** `retry`: this attempt failed, another one is planned. */
  readonly state: 'completed' | 'failed' | 'cancelled' | 'retry';
  /** The last run of the job; null when none had begun. */
  readonly run: RunState | null;
  readonly retryAt: Date | null;
}

export interface FollowOptions {
  readonly url: string;
  readonly boss: PgBoss;
  readonly jobId: string;
  readonly progress: Progress;
  /** Ends the following, not the job. */
  readonly signal: AbortSignal;
  /** How long the job may lie there before a worker takes it. */
  readonly patienceMs: number;
}

/**
 * Watches a job that some worker runs, and shows its progress as if it ran here.
 * @returns null when no worker took it within the patience.
 */
export async function follow(options: FollowOptions): Promise<Followed | null> {
  const { url, boss, jobId, progress, signal } = options;
  const client = await connect(url, ETL_ROLE);
  const shown = new Shown(progress);
  const deadline = performance.now() + options.patienceMs;
  try {
    for (;;) {
      const [job] = await boss.findJobs(REBUILD, { id: jobId });
      const said = await call<unknown>(client, 'select etl.describe_run(null, $1) as value', [jobId]);
      const run = said === null ? null : runState.parse(said);
      if (!job) return { state: 'cancelled', run, retryAt: null };
      const { state } = job;
      if (state === 'created' || (state === 'retry' && job.startAfter <= new Date())) {
        if (performance.now() > deadline) return null;
      } else if (state !== 'active') {
        return { state, run, retryAt: state === 'retry' ? job.startAfter : null };
      }
      if (run !== null && !run.isOver) shown.show(run);
      await sleep(LOOK_MS, undefined, { signal });
    }
  } finally {
    await client.end();
  }
}

/** Turns looks at a run into steps and amounts. */
class Shown {
  readonly #progress: Progress;
  #step = '';
  #rows = 0;
  #bytes = 0;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  show({ progress: now }: RunState): void {
    if (now === null) return;
    if (now.step !== this.#step) {
      const { step, done, share, totalRows, totalBytes } = now;
      this.#progress.step(step, { done, share, totalRows, totalBytes });
      this.#step = step;
      this.#rows = 0;
      this.#bytes = 0;
    }
    // Nothing moved: nothing to say.
    if (now.rows === this.#rows && now.bytes === this.#bytes) return;
    this.#progress.advance(now.rows - this.#rows, now.bytes - this.#bytes);
    this.#rows = now.rows;
    this.#bytes = now.bytes;
  }
}
