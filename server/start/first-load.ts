import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { createProgress } from '../../etl/progress.ts';
import { type RebuildOptions, type RebuildResult, rebuild } from '../../etl/rebuild.ts';
import type { Config } from '../config.ts';
import { describe, Failure, hasCode } from '../failure.ts';

export interface LoadOptions {
  url: string;
  source: string;
  config: Config;
  forcedReason?: string | undefined;
  /** Somebody may be served meanwhile; a first load has nobody to spare. */
  isBackground?: boolean;
  signal: AbortSignal;
}

/** What every rebuild takes from the configuration, whoever starts it. */
export function configured(
  config: Config,
): Pick<RebuildOptions, 'dataDir' | 'keepReleases' | 'fetch' | 'ownsDatabase'> {
  return {
    ownsDatabase: config.platformDatabaseUrl === null,
    dataDir: config.dataDir,
    keepReleases: config.etlKeepReleases,
    fetch: { nhtsaUrl: config.etlNhtsaUrl, allowHttp: config.etlAllowHttp },
  };
}

/** The version of the published data; null when nothing is published. */
export async function publishedVersion(platform: pg.Pool): Promise<string | null> {
  const { rows } = await platform.query<{ version: string | null }>('select api.data_version() as version');
  return rows[0]?.version ?? null;
}

/** Whether the published data was made before the newest migration, and may lack what that has made room for. */
export async function isOutdated(platform: pg.Pool): Promise<boolean> {
  const { rows } = await platform.query<{ status: { isOutdated: boolean } }>('select api.status() as status');
  return rows[0]?.status.isOutdated ?? false;
}

/** Loads, compiles and publishes a source, with progress on standard error. */
export async function load(options: LoadOptions): Promise<RebuildResult> {
  const { url, source, config, forcedReason, isBackground, signal } = options;
  const progress = createProgress(process.stderr);
  try {
    const result = await rebuild({
      ...configured(config),
      url,
      source,
      forcedReason,
      isBackground,
      signal,
      progress,
    });
    progress.done(summaryOf(result));
    return result;
  } catch (error) {
    progress.fail('the data was not loaded');
    signal.throwIfAborted();
    throw error;
  }
}

/** What came of a rebuild, in lines for people. */
export function summaryOf(result: {
  readonly outcome: RebuildResult['outcome'];
  /** Null where it is not known: a job that found nothing new. */
  readonly dataVersion: string | null;
  readonly report: string | null;
}): string {
  const { outcome, dataVersion, report } = result;
  if (outcome === 'unchanged') return `nothing new: ${dataVersion ?? 'what was published'} stays`;
  return report ?? `data version ${dataVersion}`;
}

/** How often a second server looks whether the first one has published. */
const pollMs = 2_000;

/**
 * Loads the first data when nothing is published. Of several servers that start on one empty database one
 * loads, the others wait for it; a login that may only serve waits for a worker.
 */
export async function ensureData(
  platform: pg.Pool,
  options: LoadOptions,
  note: (line: string) => void,
): Promise<void> {
  let told = '';
  let mayLoad = true;
  while ((await publishedVersion(platform)) === null) {
    try {
      if (mayLoad) {
        await load(options);
        return;
      }
    } catch (error) {
      options.signal.throwIfAborted();
      mayLoad = !lacksRole(error);
      const line = mayLoad ? BUSY : MAY_ONLY_SERVE;
      if (mayLoad && !isBusy(error))
        throw new Failure(`no vehicle data: ${describe(error)}`, { cause: error });
      if (line !== told) note(line);
      told = line;
    }
    await sleep(pollMs, undefined, { signal: options.signal });
  }
}

const BUSY = 'another process is loading the data: waiting for it';
const MAY_ONLY_SERVE =
  'nothing is published, and the login of PLATFORM_DATABASE_URL may only serve: waiting for npm run worker to load the data';

/** Whether another rebuild is on (VP409 of etl.begin_run). */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'failure' in error && error.failure === 'busy';
}

/** Whether the login was not given the role of the rebuild. */
function lacksRole(error: unknown): boolean {
  return error instanceof Error && hasCode(error.cause, '42501');
}
