import type { Logger } from 'pino';
import type { WorkerOptions } from '../../etl/worker.ts';
import type { Config } from '../config.ts';
import { hasCode } from '../failure.ts';
import { configured } from './first-load.ts';

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

/** What to do about a worker that does not start within a server that serves. */
export function adviceFor(error: unknown): string {
  // Role not granted, or not there.
  if (hasCode(error, '42501', '22023')) {
    return 'grant mvp_platform_etl to the login, or set WORKER=off and run npm run worker with a login that has it';
  }
  return 'it is tried again; see that the platform database runs';
}
