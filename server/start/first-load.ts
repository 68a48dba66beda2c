import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { createProgress } from '../../etl/progress.ts';
import { rebuild } from '../../etl/rebuild.ts';
import type { Config } from '../config.ts';
import { describe, Failure } from '../failure.ts';

export interface LoadOptions {
  url: string;
  source: string;
  config: Pick<Config, 'dataDir' | 'etlNhtsaUrl' | 'etlAllowHttp'>;
  signal: AbortSignal;
}

/** The version of the published data; null when nothing is published. */
export async function publishedVersion(platform: pg.Pool): Promise<string | null> {
  const { rows } = await platform.query<{ version: string | null }>('select api.data_version() as version');
  return rows[0]?.version ?? null;
}

/** Loads, compiles and publishes a source, with progress on standard error. @returns the data version */
export async function load(options: LoadOptions): Promise<string> {
  const { url, source, config, signal } = options;
  const progress = createProgress(process.stderr);
  const fetch = { nhtsaUrl: config.etlNhtsaUrl, allowHttp: config.etlAllowHttp };
  try {
    const { dataVersion } = await rebuild({ url, source, dataDir: config.dataDir, fetch, signal, progress });
    progress.done(`data version ${dataVersion}`);
    return dataVersion;
  } catch (error) {
    signal.throwIfAborted();
    progress.fail('the data was not loaded');
    throw error;
  }
}

/** How often a second server looks whether the first one has published. */
const pollMs = 2_000;

/**
 * Loads the first data when nothing is published. Of several servers that start on one empty database one
 * loads, the others wait for it.
 */
export async function ensureData(
  platform: pg.Pool,
  options: LoadOptions,
  note: (line: string) => void,
): Promise<void> {
  let isWaiting = false;
  while ((await publishedVersion(platform)) === null) {
    try {
      await load(options);
      return;
    } catch (error) {
      options.signal.throwIfAborted();
      if (!isBusy(error)) throw new Failure(`no vehicle data: ${describe(error)}`, { cause: error });
      if (!isWaiting) note('another process is loading the data: waiting for it');
      isWaiting = true;
      await sleep(pollMs, undefined, { signal: options.signal });
    }
  }
}

/** Whether another rebuild is on (VP409 of etl.begin_run). */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'failure' in error && error.failure === 'busy';
}
