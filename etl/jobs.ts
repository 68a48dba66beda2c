import { type ConstructorOptions, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { ETL_ROLE } from './call.ts';
import { configOf } from './connect.ts';
import { TIMING, type Timing } from './schedule.ts';

/** What of a logger is used here. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/** The schema that migrations/platform/0010 makes. */
const SCHEMA = 'pgboss';
/** A database that is away fails every question, several a second: one line a minute says so. */
const REPEAT_MS = 60_000;

export interface JobsOptions {
  readonly url: string;
  readonly log: Log;
  readonly timing?: Timing | undefined;
}

/** The queue for those that take jobs: it keeps the schedule and looks after jobs whose worker is gone. */
export function openWorkerJobs(options: JobsOptions): Promise<PgBoss> {
  const { polling, supervision } = options.timing ?? TIMING;
  return open(options, {
    // Two of ours at once (a rebuild and a question about age), the schedule, maintenance.
    max: 4,
    superviseIntervalSeconds: supervision,
    monitorIntervalSeconds: supervision,
    cronMonitorIntervalSeconds: supervision,
    cronWorkerIntervalSeconds: Math.max(1, polling),
    // Whether a worker is there is asked by `etl run`: one is believed dead after three of these.
    instanceHeartbeatSeconds: Math.min(5, supervision),
    instanceName: 'mvp-platform-vehicles',
    // A dozen rows a week bloat no index.
    reindex: false,
    monitorVacuum: false,
  });
}

/** The queue for those that only ask for a job, or look. */
export function openClientJobs(options: JobsOptions): Promise<PgBoss> {
  return open(options, { max: 1, supervise: false, schedule: false, registerInstance: false });
}

async function open({ url, log }: JobsOptions, own: ConstructorOptions): Promise<PgBoss> {
  const { connectionString, connectionTimeoutMillis } = configOf(url, ETL_ROLE);
  if (connectionString === undefined) throw new Error('a URL gives a connection string');
  const boss = new PgBoss({
    connectionString,
    ...(connectionTimeoutMillis === undefined ? {} : { connectionTimeoutMillis }),
    application_name: 'mvp-platform-vehicles jobs',
    schema: SCHEMA,
    // The role may make tables in this schema and no schema.
    createSchema: false,
    ...own,
  });
  boss.on(
    'error',
    seldom((error: Error) => log.warn({ err: error }, 'the job queue met an error')),
  );
  boss.on(
    'warning',
    seldom(({ message, data }) => log.warn({ data }, message)),
  );
  try {
    return await boss.start();
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  }
}

/** Lets the same message through once a minute. */
function seldom<T extends { readonly message: string }>(report: (what: T) => void): (what: T) => void {
  const last = new Map<string, number>();
  return (what) => {
    const now = performance.now();
    if (now - (last.get(what.message) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return;
    last.set(what.message, now);
    report(what);
  };
}
