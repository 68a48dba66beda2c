#!/usr/bin/env node
/*
 * The worker: takes the jobs of the weekly rebuild, serves nothing. A server starts one for itself (`--inline`, see
 * start/inline-worker.ts); `npm run worker` is for servers with WORKER=off, or one more beside several. On its own it writes one
 * line to standard output, when jobs are taken; logs go to standard error.
 */
import { parseArgs } from 'node:util';
import pino from 'pino';
import { Worker } from '../etl/worker.ts';
import { readConfig } from './config.ts';
import { openDatabases } from './database/databases.ts';
import { migrate } from './database/migrate.ts';
import { describe } from './failure.ts';
import type { WorkerReport } from './start/inline-worker.ts';
import { JobRequests } from './start/job-requests.ts';
import { aborted, abortOnSignal } from './start/signals.ts';
import { Teardown } from './start/teardown.ts';
import { adviceFor, workerOptions } from './start/worker.ts';

const program = 'mvp-platform-vehicles worker';

function note(line: string): void {
  process.stderr.write(`${program}: ${line}\n`);
}

/** Aborted when the server that started this process is gone: however it died, the channel to it closes. */
function abortWithServer(): AbortSignal {
  const controller = new AbortController();
  const end = (): void => controller.abort(new Error('the server is gone'));
  if (process.connected) process.once('disconnect', end);
  else end();
  return controller.signal;
}

/** Resolves when the server has it, or is gone. */
function report(what: WorkerReport): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(what, undefined, {}, () => resolve());
    else resolve();
  });
}

async function start(signal: AbortSignal, teardown: Teardown): Promise<void> {
  const config = readConfig();
  const logger = pino({ name: program, level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  // A command: it shares the embedded databases with a server, and does not keep one from starting.
  const databases = await openDatabases({ config, use: 'command', needed: ['platform'], note, signal });
  teardown.add(() => databases.stop());
  signal.throwIfAborted();
  await migrate({ url: databases.url.platform, series: 'platform', note });
  signal.throwIfAborted();

  const options = workerOptions(databases.url.platform, config, logger);
  const worker = await Worker.start(
    parameters['owns-database'] ? { ...options, ownsDatabase: true } : options,
  );
  teardown.add(() => worker.stop());
  const requests = await JobRequests.start({ url: databases.url.platform, jobs: worker.jobs, logger });
  teardown.add(() => requests.close());
  const wanted = await worker.requestWanted();
  if (parameters.inline) await report({ event: 'ready', isReloading: wanted !== null });
  else process.stdout.write(`taking rebuild jobs, next one due ${worker.nextAt.toISOString()}\n`);
}

async function fail(error: unknown): Promise<void> {
  process.exitCode = 1;
  if (parameters.inline) await report({ event: 'failed', reason: `${describe(error)}; ${adviceFor(error)}` });
  else note(describe(error));
}

const { values: parameters } = parseArgs({
  options: { inline: { type: 'boolean' }, 'owns-database': { type: 'boolean' } },
});
const ended = abortOnSignal();
const signal = parameters.inline ? AbortSignal.any([ended, abortWithServer()]) : ended;
const teardown = new Teardown();
try {
  await start(signal, teardown);
  await aborted(signal);
} catch (error) {
  if (!signal.aborted) await fail(error);
}
for (const error of await teardown.run()) {
  process.exitCode = 1;
  note(describe(error));
}
process.exit();
