import { setTimeout as sleep } from 'node:timers/promises';
import { openClientJobs } from '../../../etl/jobs.ts';
import { REBUILD } from '../../../etl/schedule.ts';
import { currentJob } from '../../../etl/trigger.ts';
import { Failure } from '../../failure.ts';
import type { Context } from '../context.ts';

/** A living run stops within two or three seconds. */
const patienceMs = 20_000;
const pollMs = 250;

/** Ends the rebuild that is on, and the attempt that is planned. */
export async function cancel(context: Context): Promise<void> {
  const { url } = await context.open(['platform']);
  const pool = await context.platform('mvp_platform_etl');
  const quiet = (): void => {};
  const boss = await openClientJobs({ url: url.platform, log: { info: quiet, warn: quiet, error: quiet } });
  try {
    const job = await currentJob(boss);
    const { rows } = await pool.query<{ run: number | null }>('select etl.cancel_run() as run');
    const run = rows[0]?.run ?? null;
    if (run === null && job === null) throw new Failure('no rebuild is running');
    const status = run === null ? 'cancelled' : await endOf(run);
    // A living worker has settled the job by now; one that waits for its next attempt, or whose worker is gone, has
    // nobody to do so.
    if (job !== null) await boss.cancel(REBUILD, job.id);
    process.stdout.write(`${run === null ? 'the planned rebuild' : `run ${run}`}: ${status}\n`);
  } finally {
    await boss.stop({ graceful: false });
  }

  /** How the run ended: it may have been faster. */
  async function endOf(run: number): Promise<string> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const { rows } = await pool.query<{ over: boolean }>('select etl.is_over($1) as over', [run]);
      if (rows[0]?.over) {
        const { rows: ended } = await pool.query<{ run: { status: string } }>(
          'select etl.describe_run($1, null) as run',
          [run],
        );
        return ended[0]?.run.status ?? '';
      }
      if (Date.now() > deadline) throw new Failure(`run ${run} does not stop: see mvp-vehicles etl status`);
      await sleep(pollMs, undefined, { signal: context.signal });
    }
  }
}
