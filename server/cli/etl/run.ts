import { hostname, userInfo } from 'node:os';
import { isAbsolute } from 'node:path';
import type { PgBoss } from 'pg-boss';
import { postAlert } from '../../../etl/alert.ts';
import { call, ETL_ROLE } from '../../../etl/call.ts';
import { connect } from '../../../etl/connect.ts';
import { RebuildError } from '../../../etl/errors.ts';
import { type Followed, follow } from '../../../etl/follow.ts';
import { openClientJobs } from '../../../etl/jobs.ts';
import { createProgress } from '../../../etl/progress.ts';
import { REBUILD } from '../../../etl/schedule.ts';
import { hasWorker, requestRebuild } from '../../../etl/trigger.ts';
import { migrate } from '../../database/migrate.ts';
import { describe } from '../../failure.ts';
import { load, summaryOf } from '../../start/first-load.ts';
import type { Context } from '../context.ts';
import { failWith } from './outcome.ts';

export interface RunRequest {
  /** Null: what is configured (ETL_SOURCE), here or at the worker. */
  readonly source: string | null;
  readonly forcedReason: string | undefined;
}

/** Workers look for a job every two seconds; one that was just killed is believed alive for a quarter of one. */
const patienceMs = 10_000;

/**
 * A rebuild where it belongs: a worker's job when a worker is up, so that there is one queue and one log; here when
 * there is none. A file is read here, because a worker may be on another machine.
 */
export async function run(request: RunRequest, context: Context): Promise<void> {
  const { url } = await context.open(['platform']);
  await migrate({ url: url.platform, series: 'platform', note: context.note });
  const isFile = isAbsolute(request.source ?? '');
  if (!isFile && (await runByWorker(request, url.platform, context))) return;
  await runHere(request, url.platform, context);
}

/** @returns false when no worker is there. */
async function runByWorker(request: RunRequest, url: string, context: Context): Promise<boolean> {
  const report = ({ message }: { message: string }): void => context.note(message);
  const boss = await openClientJobs({
    url,
    log: { info: () => {}, warn: noting(report), error: noting(report) },
  });
  try {
    if (!(await hasWorker(boss))) return false;
    return await runAsJob(request, url, boss, context);
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** A logger's method that passes the message on: the line of a log entry, or of its error. */
function noting(report: (what: { message: string }) => void) {
  return (fields: unknown, message?: string): void => {
    const error = typeof fields === 'object' && fields !== null && 'err' in fields ? fields.err : undefined;
    report({ message: [message, error && describe(error)].filter(Boolean).join(': ') });
  };
}

async function runAsJob(
  { source, forcedReason }: RunRequest,
  url: string,
  boss: PgBoss,
  context: Context,
): Promise<boolean> {
  const { jobId, isNew } = await requestRebuild(boss, {
    source: source ?? undefined,
    forcedReason,
    requestedBy: `etl run by ${userInfo().username} on ${hostname()}`,
  });
  if (!isNew) {
    if (source !== null || forcedReason !== undefined) {
      failWith(
        'failed',
        'another rebuild is running: wait for it (etl status) or end it (etl cancel), then try again',
      );
    }
    context.note('a rebuild is running already: following it');
  }
  const progress = createProgress(process.stderr);
  const { signal } = context;
  const followed = await follow({ url, boss, jobId, progress, signal, patienceMs }).catch(
    (error: unknown) => {
      progress.fail('the rebuild goes on without being watched: etl status shows it, etl cancel ends it');
      throw error;
    },
  );
  if (followed === null) {
    // Who fetches a job has it, so no worker takes it at the last moment.
    const [untaken] = await boss.fetch(REBUILD);
    if (untaken === undefined) return runAsJob({ source: null, forcedReason: undefined }, url, boss, context);
    await boss.complete(REBUILD, untaken.id, { outcome: 'no worker took it: run by the command that asked' });
    context.note('no worker takes the job: running it here');
    return false;
  }
  conclude(followed, progress);
  return true;
}

/** Says how the job ended. */
function conclude({ state, run, retryAt }: Followed, progress: ReturnType<typeof createProgress>): void {
  const { status, reason } = run ?? {};
  if (state === 'completed' && run !== null && (status === 'published' || status === 'unchanged')) {
    progress.done(summaryOf({ outcome: status, dataVersion: run.dataVersion, report: run.report }));
    process.stdout.write(`${status === 'unchanged' ? status : run.dataVersion}\n`);
    return;
  }
  progress.fail('the data was not loaded');
  const again = retryAt === null ? '' : `; the worker tries again at ${retryAt.toISOString()}`;
  const kind = status === 'refused' || status === 'cancelled' ? status : 'failed';
  failWith(kind, `what was published stays: ${reason ?? 'the job was cancelled before it began'}${again}`);
}

async function runHere({ source, forcedReason }: RunRequest, url: string, context: Context): Promise<void> {
  const { signal, config } = context;
  try {
    const { outcome, dataVersion } = await load({
      url,
      source: source ?? config.etlSource,
      config,
      forcedReason,
      isBackground: true,
      signal,
    });
    process.stdout.write(`${outcome === 'unchanged' ? outcome : dataVersion}\n`);
  } catch (error) {
    signal.throwIfAborted();
    const failure = error instanceof RebuildError ? error.failure : 'database';
    if (failure !== 'cancelled' && failure !== 'busy') await tell(error, url, context);
    const kind = failure === 'refused' || failure === 'cancelled' ? failure : 'failed';
    failWith(kind, `what was published stays: ${describe(error)}`, error);
  }
}

/** A run that no worker made is told about here: it may have been started by a timer, with nobody at the terminal. */
async function tell(error: unknown, url: string, { config, note }: Context): Promise<void> {
  if (config.alertWebhookUrl === null) return;
  const runId = error instanceof RebuildError ? (error.runId ?? null) : null;
  try {
    const client = await connect(url, ETL_ROLE);
    try {
      const parameters = [runId, null, describe(error)];
      const alert = await call<object>(
        client,
        'select etl.describe_failure($1, $2, $3) as value',
        parameters,
      );
      await postAlert(config.alertWebhookUrl, alert);
    } finally {
      await client.end();
    }
  } catch (failure) {
    note(describe(failure));
  }
}
