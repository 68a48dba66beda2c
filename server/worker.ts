#!/usr/bin/env node
/*
 * The worker on its own: takes the jobs of the weekly rebuild, serves nothing. For a server with WORKER=off, or beside
 * several. Standard output gets one line, when jobs are taken; logs go to standard error.
 */
import pino from 'pino';
import { Worker } from '../etl/worker.ts';
import { readConfig } from './config.ts';
import { openDatabases } from './database/databases.ts';
import { migrate } from './database/migrate.ts';
import { describe } from './failure.ts';
import { aborted, abortOnSignal } from './start/signals.ts';
import { Teardown } from './start/teardown.ts';
import { workerOptions } from './start/worker.ts';

const program = 'mvp-platform-vehicles worker';

function note(line: string): void {
  process.stderr.write(`${program}: ${line}\n`);
}

async function start(signal: AbortSignal, teardown: Teardown): Promise<void> {
  const config = readConfig();
  const logger = pino({ name: program, level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  // A command: it shares the embedded databases with a server, and does not keep one from starting.
  const databases = await openDatabases({ config, use: 'command', needed: ['platform'], note, signal });
  teardown.add(() => databases.stop());
  signal.throwIfAborted();
  await migrate({ url: databases.url.platform, series: 'platform', note });

  const worker = await Worker.start(workerOptions(databases.url.platform, config, logger));
  teardown.add(() => worker.stop());
  await worker.requestWanted();
  process.stdout.write(`taking rebuild jobs, next one due ${worker.nextAt.toISOString()}\n`);
}

const signal = abortOnSignal();
const teardown = new Teardown();
try {
  await start(signal, teardown);
  await aborted(signal);
} catch (error) {
  if (!signal.aborted) {
    process.exitCode = 1;
    note(describe(error));
  }
}
for (const error of await teardown.run()) {
  process.exitCode = 1;
  note(describe(error));
}
process.exit();
