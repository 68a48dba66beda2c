import type { Logger } from 'pino';
import { Worker, type WorkerOptions } from '../../etl/worker.ts';
import type { Config } from '../config.ts';
import { describe, hasCode } from '../failure.ts';
import { configured } from './first-load.ts';
import type { Teardown } from './teardown.ts';

/** What a worker takes from the configuration. */
export function workerOptions(url: string, config: Config, logger: Logger): WorkerOptions {
  return {
    ...configured(config),
    url,
    source: config.etlSource,
    schedule: config.etlSchedule,
    timezone: config.etlTimezone,
    maxAgeMs: config.etlMaxAgeMs,
    alertUrl: config.alertWebhookUrl,
    log: logger,
  };
}

export interface InlineWorkerOptions {
  url: string;
  config: Config;
  logger: Logger;
  teardown: Teardown;
  note: (line: string) => void;
}

/**
 * A worker within the server, unless the configuration says no. The server serves without one: a login that may only
 * serve cannot rebuild, and somebody has to know. Data that was made before the newest migration is loaded again at once.
 */
export async function startInlineWorker({
  url,
  config,
  logger,
  teardown,
  note,
}: InlineWorkerOptions): Promise<void> {
  if (config.worker === 'off') return;
  try {
    const worker = await Worker.start(workerOptions(url, config, logger));
    teardown.add(() => worker.stop());
    if ((await worker.requestWanted()) !== null) {
      note(
        'the data was loaded before this version of the program: it is loaded again, and served as it is meanwhile',
      );
    }
  } catch (error) {
    note(`serving, but nothing rebuilds the data: ${describe(error)}; ${adviceFor(error)}`);
  }
}

function adviceFor(error: unknown): string {
  // Role not granted, or not there.
  if (hasCode(error, '42501', '22023')) {
    return 'grant mvp_platform_etl to the login, or set WORKER=off and run npm run worker with a login that has it';
  }
  return 'see that the platform database runs, then start again';
}
