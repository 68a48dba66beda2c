/** What was asked of the workers in SQL (`admin.request_rebuild`, `admin.cancel_rebuild`), passed on to the queue. */

import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { call, ETL_ROLE } from '../../etl/call.ts';
import { connect } from '../../etl/connect.ts';
import { REBUILD } from '../../etl/schedule.ts';
import { currentJob, requestRebuild } from '../../etl/trigger.ts';
import { Listener } from '../database/listener.ts';
import { connectionOf } from '../database/pool.ts';

export interface JobRequestsOptions {
  /** The platform database; its login must be a member of mvp_platform_etl. */
  readonly url: string;
  readonly jobs: PgBoss;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** As etl.next_job_request tells of one. */
interface JobRequest {
  readonly actionId: number;
  readonly kind: 'rebuild' | 'cancel';
  readonly forcedReason: string | null;
  readonly requestedBy: string;
}

/** The channel of etl.ask_worker. */
const CHANNEL = 'mvp_platform_job_request';

/**
 * Passes requests on, of this start and of before it. Two workers may see the same request: there is one job at a time, so both
 * find the same, and the first one settles the request.
 */
export class JobRequests {
  readonly #options: JobRequestsOptions;
  readonly #listener: Listener;
  #looking: Promise<void> = Promise.resolve();

  /** Begins to listen; while the database is away it is tried again. */
  static async start(options: JobRequestsOptions): Promise<JobRequests> {
    const requests = new JobRequests(options);
    await requests.#listener.start();
    return requests;
  }

  private constructor(options: JobRequestsOptions) {
    this.#options = options;
    this.#listener = new Listener({
      connection: connectionOf({
        url: options.url,
        role: ETL_ROLE,
        applicationName: 'mvp-platform-vehicles worker, requests',
      }),
      channel: CHANNEL,
      logger: options.logger,
      onNotification: () => this.#look(),
      // What was asked for while nobody listened.
      onUp: () => this.#look(),
      onDown: () => {},
    });
  }

  async close(): Promise<void> {
    await this.#listener.close();
    await this.#looking;
  }

  #look(): void {
    this.#looking = this.#looking
      .then(() => this.#passOn())
      .catch((error: unknown) => {
        this.#options.logger.warn({ err: error }, 'a request could not be passed on to the job queue');
      });
  }

  async #passOn(): Promise<void> {
    const client = await connect(this.#options.url, ETL_ROLE);
    try {
      for (;;) {
        const request = await call<JobRequest | null>(client, 'select etl.next_job_request() as value', []);
        if (request === null) return;
        const { jobId, outcome } =
          request.kind === 'rebuild' ? await this.#rebuild(request) : await this.#cancel();
        this.#options.logger.info({ ...request, jobId, outcome }, 'a request was passed on to the job queue');
        const settled = 'select etl.settle_job_request($1, $2, $3) as value';
        await call(client, settled, [request.actionId, jobId, outcome]);
      }
    } finally {
      await client.end();
    }
  }

  async #rebuild({ forcedReason, requestedBy }: JobRequest): Promise<{ jobId: string; outcome: string }> {
    const { jobId, isNew } = await requestRebuild(this.#options.jobs, {
      forcedReason: forcedReason ?? undefined,
      requestedBy,
    });
    return {
      jobId,
      outcome: isNew ? 'queued' : 'another rebuild was asked for already, and goes on as it was',
    };
  }

  async #cancel(): Promise<{ jobId: string | null; outcome: string }> {
    const job = await currentJob(this.#options.jobs);
    if (job === null) return { jobId: null, outcome: 'no rebuild was planned' };
    await this.#options.jobs.cancel(REBUILD, job.id);
    return { jobId: job.id, outcome: 'cancelled' };
  }
}
