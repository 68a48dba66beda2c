import type { Log } from '../jobs.ts';
import type { Timing } from '../schedule.ts';
import type { WorkerOptions } from '../worker.ts';

/** As fast as pg-boss goes, also in missing a worker: one that stands still for ten seconds is given up. */
export const HURRY: Timing = { retryDelay: 0, retryDelayMax: 0, polling: 0.5, supervision: 1, heartbeat: 10 };

/** As fast, for tests in which no worker dies: none is missed because the machine stood still. */
export const CALM: Timing = { ...HURRY, heartbeat: 120 };

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** A worker that waits for nothing, with a schedule that does not come during a test. */
export function hurriedWorker(
  given: Pick<WorkerOptions, 'url' | 'source' | 'dataDir'> & Partial<WorkerOptions>,
): WorkerOptions {
  return {
    schedule: '0 2 1 1 *',
    timezone: 'UTC',
    maxAgeMs: 10 * 24 * 3_600_000,
    alertUrl: null,
    alertLimits: { timeoutMs: 2_000, waitsMs: [0, 10] },
    log: silentLog,
    timing: CALM,
    ...given,
  };
}
