import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss';
import { type AlertLimits, postAlert } from './alert.ts';
import { call, ETL_ROLE } from './call.ts';
import { connect } from './connect.ts';
import { type RebuildError, toRebuildError } from './errors.ts';
import { type Log, openWorkerJobs } from './jobs.ts';
import { type RebuildOptions, rebuild, thisProcess } from './rebuild.ts';
import {
  DATA_AGE,
  HEARTBEAT_REFRESH,
  queues,
  REBUILD,
  REBUILD_DEAD_LETTER,
  recurring,
  TIMING,
  type Timing,
} from './schedule.ts';
import { removeLeftovers } from './sources/bundled.ts';
import { shownSource } from './sources/download/address.ts';
import { hastenAbandoned, type RebuildRequest, requestRebuild } from './trigger.ts';

export interface WorkerOptions
  extends Pick<RebuildOptions, 'url' | 'dataDir' | 'keepReleases' | 'fetch' | 'ownsDatabase'> {
  /** What a job loads that names no source of its own. */
  readonly source: string;
  readonly schedule: string;
  readonly timezone: string;
  /** Since the last good rebuild, in milliseconds. */
  readonly maxAgeMs: number;
  readonly alertUrl: string | null;
  readonly log: Log;
  readonly timing?: Timing | undefined;
  readonly alertLimits?: AlertLimits | undefined;
}

/** A worker says this often that it is there, and when the next rebuild is due (etl.schedule). */
const CONFIRM_MS = 60_000;
/** A rebuild that is told to stop does so within a second or two; more than this is somebody else's fault. */
const STOP_MS = 15_000;

/**
 * Takes the jobs of the weekly rebuild: rebuilds, tells people about those that failed for good, and looks every day
 * whether the data is too old. Any number of workers may run; each job is one worker's.
 */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #boss: PgBoss;
  readonly #stopping = new AbortController();
  #confirming: NodeJS.Timeout | undefined;
  #adopting: NodeJS.Timeout | undefined;

  /** @throws when the database is away, or the login may not take the rebuild's role. */
  static async start(options: WorkerOptions): Promise<Worker> {
    const boss = await openWorkerJobs(options);
    const worker = new Worker(options, boss);
    try {
      await worker.#start();
      return worker;
    } catch (error) {
      await worker.stop();
      throw error;
    }
  }

  private constructor(options: WorkerOptions, boss: PgBoss) {
    this.#options = options;
    this.#boss = boss;
  }

  /** The queue, for who asks this process for a rebuild. */
  get jobs(): PgBoss {
    return this.#boss;
  }

  /** When the next rebuild is due. */
  get nextAt(): Date {
    const { schedule, timezone } = this.#options;
    const [next] = this.#boss.previewSchedule(schedule, { tz: timezone, count: 1 });
    if (!next) throw new Error(`"${schedule}" never comes`);
    return next;
  }

  /**
   * Asks for a rebuild when waiting for the schedule would be wrong: the database is empty, or what is published was made
   * before the newest migration and lacks what that has made room for.
   *
   * @returns who wants it, for people; null when nobody does
   */
  async requestWanted(): Promise<string | null> {
    const requestedBy = await this.#call<string | null>('select etl.wanted_rebuild() as value');
    if (requestedBy !== null) await requestRebuild(this.#boss, { requestedBy });
    return requestedBy;
  }

  /** Takes no more jobs; a rebuild under way is cancelled and left to another worker, or to a later start. */
  async stop(): Promise<void> {
    clearInterval(this.#confirming);
    clearInterval(this.#adopting);
    this.#stopping.abort(new Error('the worker is being stopped'));
    await this.#boss.stop({ timeout: STOP_MS });
  }

  async #start(): Promise<void> {
    const { schedule, timezone, log, timing = TIMING } = this.#options;
    const buried = await this.#call<number | null>('select etl.clean_up() as value');
    if (buried) log.warn({ runs: buried }, 'cleaned up after rebuilds that died');
    // The directory is made by the first source that needs it.
    await removeLeftovers(this.#options.dataDir).catch(() => {});
    for (const { name, ...options } of queues(timing)) {
      await this.#boss.createQueue(name, options);
      const { policy: _, ...changeable } = options;
      await this.#boss.updateQueue(name, changeable);
    }
    for (const { queue, cron, options } of recurring(schedule, timezone)) {
      await this.#boss.schedule(queue, cron, null, options);
    }
    await this.#confirm();
    this.#confirming = setInterval(() => {
      this.#confirm().catch((error: unknown) => log.warn({ err: error }, 'the schedule cannot be confirmed'));
    }, CONFIRM_MS);
    this.#confirming.unref();
    // As often as pg-boss looks for jobs whose worker is gone.
    const supervisionMs = (this.#options.timing ?? TIMING).supervision * 1_000;
    this.#adopting = setInterval(() => void this.#adopt(), supervisionMs);
    this.#adopting.unref();

    await this.#take<RebuildRequest | null>(REBUILD, (job) => this.#rebuild(job));
    await this.#take<object>(REBUILD_DEAD_LETTER, (job) => this.#tellFailure(job));
    await this.#take<object>(DATA_AGE, (job) => this.#tellAge(job));
    log.info({ next: this.nextAt, schedule, timezone }, 'taking rebuild jobs');
  }

  async #take<Data>(queue: string, work: (job: JobWithMetadata<Data>) => Promise<JobResult>): Promise<void> {
    const options = {
      pollingIntervalSeconds: (this.#options.timing ?? TIMING).polling,
      perJobResults: true,
      includeMetadata: true,
      ...(queue === REBUILD ? { heartbeatRefreshSeconds: HEARTBEAT_REFRESH } : {}),
    } as const;
    await this.#boss.work<Data, unknown, typeof options>(queue, options, (jobs) =>
      Promise.all(jobs.map(work)),
    );
  }

  async #rebuild(job: JobWithMetadata<RebuildRequest | null>): Promise<JobResult> {
    const { url, dataDir, keepReleases, fetch, ownsDatabase, log } = this.#options;
    const source = job.data?.source ?? this.#options.source;
    const forcedReason = job.data?.forcedReason;
    log.info(
      { job: job.id, attempt: job.retryCount + 1, source: shownSource(source), forcedReason },
      'rebuild begins',
    );
    const begun = performance.now();
    try {
      const result = await rebuild({
        url,
        source,
        dataDir,
        keepReleases,
        fetch,
        isBackground: true,
        ownsDatabase,
        forcedReason,
        jobId: job.id,
        signal: AbortSignal.any([job.signal, this.#stopping.signal]),
      });
      log.info(
        { job: job.id, ...result, ms: Math.round(performance.now() - begun) },
        `rebuild ${result.outcome}`,
      );
      return { id: job.id, status: 'completed', output: result };
    } catch (thrown) {
      return this.#failed(job, toRebuildError(thrown, 'rebuilding'));
    }
  }

  #failed(job: JobWithMetadata<RebuildRequest | null>, error: RebuildError): JobResult {
    const output = { failure: error.failure, message: error.message, runId: error.runId ?? null };
    const fields = { job: job.id, attempt: job.retryCount + 1, ...output };
    if (error.failure === 'cancelled' && !this.#stopping.signal.aborted) {
      this.#options.log.warn(fields, 'rebuild cancelled');
      return { id: job.id, status: 'completed', output };
    }
    this.#options.log.error(fields, 'rebuild failed; what was published stays');
    // The same data would be refused, or not fit, again: a person has to look. Everything else may pass.
    const isFinal = error.failure === 'refused' || error.failure === 'data';
    return { id: job.id, status: isFinal ? 'deadletter' : 'failed', output };
  }

  /** A job in the dead letter queue: every attempt failed, or another one would be pointless. */
  async #tellFailure(job: JobWithMetadata<object>): Promise<JobResult> {
    const { message, runId } = saidIn(job.sourceOutput);
    return this.#tell(job, 'select etl.describe_failure($1, $2, $3) as value', [
      runId,
      job.sourceId,
      message,
    ]);
  }

  async #tellAge(job: JobWithMetadata<object>): Promise<JobResult> {
    return this.#tell(job, 'select etl.describe_age($1) as value', [this.#options.maxAgeMs / 1000]);
  }

  /** Says what the database has to say, if anything, in the log and to the webhook; tried again while that is away. */
  async #tell(job: JobWithMetadata<object>, statement: string, parameters: unknown[]): Promise<JobResult> {
    const { alertUrl, alertLimits, log } = this.#options;
    try {
      const alert = await this.#call<Alert | null>(statement, ...parameters);
      if (alert === null) return { id: job.id, status: 'completed' };
      if (job.retryCount === 0) log.error({ alert }, alert.text);
      if (alertUrl !== null) await postAlert(alertUrl, alert, alertLimits);
      return { id: job.id, status: 'completed', output: { alert, isSent: alertUrl !== null } };
    } catch (error) {
      log.warn({ err: error, job: job.id }, 'nobody could be told; trying again later');
      return { id: job.id, status: 'failed', output: { message: String(error) } };
    }
  }

  /** While the database is away pg-boss says so. */
  async #adopt(): Promise<void> {
    const job = await hastenAbandoned(this.#boss).catch(() => null);
    if (job !== null) this.#options.log.warn({ job }, 'a rebuild whose worker is gone is taken over');
  }

  async #confirm(): Promise<void> {
    const { schedule, timezone, source, maxAgeMs } = this.#options;
    await this.#call(
      'select etl.record_schedule($1, $2, $3, $4, $5, $6) as value',
      schedule,
      timezone,
      shownSource(source),
      this.nextAt,
      maxAgeMs / 1000,
      thisProcess,
    );
  }

  async #call<T>(statement: string, ...parameters: unknown[]): Promise<T> {
    const client = await connect(this.#options.url, ETL_ROLE);
    try {
      return await call<T>(client, statement, parameters);
    } finally {
      await client.end();
    }
  }
}

interface Alert {
  readonly text: string;
}

/** What is known of a failed job: our own output, or pg-boss's words about one whose worker went away. */
function saidIn(output: unknown): { message: string | null; runId: number | null } {
  if (typeof output !== 'object' || output === null) return { message: null, runId: null };
  const said = 'value' in output && typeof output.value === 'object' && output.value ? output.value : output;
  return {
    message: 'message' in said ? String(said.message) : null,
    runId: 'runId' in said && typeof said.runId === 'number' ? said.runId : null,
  };
}
