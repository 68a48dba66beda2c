import type { Queue, ScheduleOptions } from 'pg-boss';

/** How fast things happen; tests are in more of a hurry than a weekly job. All in seconds. */
export interface Timing {
  /** First wait before a failed rebuild is tried again; doubles each time, up to the second. */
  readonly retryDelay: number;
  readonly retryDelayMax: number;
  /** How often a worker looks for a job. */
  readonly polling: number;
  /** How often pg-boss looks for jobs whose worker is gone, and for occurrences of a schedule. */
  readonly supervision: number;
  /** Silence after which a worker counts as gone; pg-boss takes no less than 10. */
  readonly heartbeat: number;
}

export const TIMING: Timing = {
  // NHTSA's site is back within minutes, or within hours: 5, 10, 20, 40, 80 minutes reach both.
  retryDelay: 300,
  retryDelayMax: 2 * 60 * 60,
  // A person who typed `etl run` waits for it; a query every two seconds costs nothing.
  polling: 2,
  supervision: 15,
  // A worker that was killed is noticed within a minute, and one that pauses for a collection of garbage is not.
  heartbeat: 30,
};

/** A queue of pg-boss. */
export type QueueDefinition = Omit<Queue, 'name'> & { readonly name: string };

/** A recurring job, as the table of schedules will have it. */
export interface Recurring {
  readonly queue: string;
  readonly cron: string;
  readonly options: ScheduleOptions;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const REBUILD = 'rebuild';
export const REBUILD_DEAD_LETTER = 'rebuild-dead-letter';
export const DATA_AGE = 'data-age';

/** The queues, each choice with its reason. A dead letter queue comes before the queue that names it. */
export function queues(timing: Timing): readonly QueueDefinition[] {
  return [
    {
      name: REBUILD_DEAD_LETTER,
      // Each is somebody to be told: as many as there are, tried for half a day while the webhook is away.
      policy: 'standard',
      retryLimit: 12,
      retryDelay: Math.floor(timing.retryDelay / 5),
      retryBackoff: true,
      retryDelayMax: timing.retryDelayMax,
      expireInSeconds: 5 * MINUTE,
      // What went wrong a quarter ago is still there to be looked at.
      deleteAfterSeconds: 90 * DAY,
    },
    {
      name: REBUILD,
      // One queued, waiting for its retry or running, however many ask: a second run of the same data helps nobody. The
      // lock of etl.begin_run guards against runs that are no jobs (`etl run` without a worker).
      policy: 'exclusive',
      deadLetter: REBUILD_DEAD_LETTER,
      // With the first wait, over five hours: a Sunday night's outage ends by Sunday morning.
      retryLimit: 5,
      retryDelay: timing.retryDelay,
      retryBackoff: true,
      retryDelayMax: timing.retryDelayMax,
      // pg-boss fails a job after 15 minutes unless told otherwise. A rebuild takes one to three, a slow download of
      // 76 MB a quarter of an hour, and a dead worker is noticed by its heartbeat: this is for one that hangs.
      expireInSeconds: 2 * HOUR,
      // A worker that was killed is noticed by its silence, not after those two hours.
      heartbeatSeconds: timing.heartbeat,
      // A job nobody takes (no worker for weeks) is not worth running when one comes: the schedule makes a new one.
      retentionSeconds: 14 * DAY,
      deleteAfterSeconds: 90 * DAY,
    },
    {
      name: DATA_AGE,
      // A second question gives the same answer.
      policy: 'exclusive',
      retryLimit: 5,
      retryDelay: Math.floor(timing.retryDelay / 5),
      retryBackoff: true,
      retryDelayMax: timing.retryDelayMax,
      expireInSeconds: 5 * MINUTE,
      deleteAfterSeconds: 30 * DAY,
    },
  ];
}

/** A worker writes the heartbeat of its job this often; it also learns from it that somebody cancelled the job. */
export const HEARTBEAT_REFRESH = 2;

/**
 * What recurs.
 * @param cron When to rebuild, in the zone; CONTRACT section 2, ETL_SCHEDULE and ETL_TIMEZONE.
 */
export function recurring(cron: string, timezone: string): readonly Recurring[] {
  return [
    {
      queue: REBUILD,
      cron,
      options: {
        tz: timezone,
        // pg-boss skips an occurrence while no worker was up, and the next is a week away. One run makes up for any
        // number of missed ones: it loads what there is now.
        missed: 'once',
      },
    },
    {
      queue: DATA_AGE,
      // In working hours where the operators are, six hours after Sunday's last retry.
      cron: '0 10 * * *',
      // After a long stop somebody should know at once, not tomorrow.
      options: { tz: timezone, missed: 'once' },
    },
  ];
}
