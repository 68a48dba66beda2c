import type { JobWithMetadata, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { REBUILD } from './schedule.ts';

/** What a job is asked to do. The schedule's own job has no data: it does what its worker is configured to. */
export interface RebuildRequest {
  /** Source specification; the worker's own when absent. */
  readonly source?: string | undefined;
  readonly forcedReason?: string | undefined;
  /** Who asked, for people. */
  readonly requestedBy: string;
}

export interface Requested {
  readonly jobId: string;
  /** False: one was on or queued already, and this is it. */
  readonly isNew: boolean;
}

/** How often a request is repeated that finds a job which ends at the same moment. */
const TRIES = 5;

/**
 * Asks for a rebuild. There is one job at a time, so of many who ask one gets a new job and the others get that one too.
 * A job that waits for its next attempt is made to try again at once, and as the newcomer wants it.
 */
export async function requestRebuild(boss: PgBoss, request: RebuildRequest): Promise<Requested> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const id = await boss.send(REBUILD, request);
    if (id !== null) return { jobId: id, isNew: true };
    const current = await currentJob(boss);
    if (current === null) continue;
    if (current.state !== 'retry') return { jobId: current.id, isNew: false };
    const { updated } = await boss.update(REBUILD, request, { id: current.id, startAfter: new Date() });
    if (updated > 0) return { jobId: current.id, isNew: true };
  }
  throw new Error('the job queue neither takes a job nor has one: see the table pgboss.job');
}

/** The job that is queued, waits for its next attempt or runs; null when there is none. */
export async function currentJob(boss: PgBoss): Promise<JobWithMetadata | null> {
  // No worker has ever started here.
  if ((await boss.getQueue(REBUILD)) === null) return null;
  const jobs = await boss.findJobs<object>(REBUILD);
  return jobs.find(({ state }) => ['created', 'retry', 'active'].includes(state)) ?? null;
}

/** What pg-boss says of a job whose worker was not heard of for too long. */
const ABANDONED = z.object({ value: z.object({ message: z.literal('job heartbeat timeout') }) });

/**
 * Has a rebuild whose worker went away be taken at once, where it would wait for its next attempt like one that failed: nothing speaks
 * against it. One that takes its workers with it each time is out of attempts the sooner, and somebody is told.
 *
 * @returns its job; null when there is none
 */
export async function hastenAbandoned(boss: PgBoss): Promise<string | null> {
  const job = await currentJob(boss);
  if (job?.state !== 'retry' || !ABANDONED.safeParse(job.output).success) return null;
  if (job.startAfter.getTime() <= Date.now()) return null;
  const { updated } = await boss.update(REBUILD, job.data, { id: job.id, startAfter: new Date() });
  return updated > 0 ? job.id : null;
}

/** Whether a worker is there to take a rebuild, as far as one can know: it was a quarter of a minute ago. */
export async function hasWorker(boss: PgBoss): Promise<boolean> {
  const instances = await boss.getInstances();
  return instances.some(({ live, workers }) => live && workers.some(({ queue }) => queue === REBUILD));
}
