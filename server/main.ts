#!/usr/bin/env node
/*
 * The service: configuration, databases, migrations, first data, then requests. Standard output gets one line,
 * when requests are accepted; logs and progress go to standard error.
 */
import { createServer } from 'node:http';
import pino from 'pino';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { openDatabases } from './database/databases.ts';
import { migrate } from './database/migrate.ts';
import { createPool } from './database/pool.ts';
import { describe } from './failure.ts';
import { ensureData } from './start/first-load.ts';
import { checkPort, drain, listen } from './start/port.ts';
import { aborted, abortOnSignal } from './start/signals.ts';
import { Teardown } from './start/teardown.ts';

const program = 'mvp-platform-vehicles';

/** Lines for the person who starts the service, readable without a log viewer. */
function note(line: string): void {
  process.stderr.write(`${program}: ${line}\n`);
}

async function start(signal: AbortSignal, teardown: Teardown): Promise<void> {
  const config = readConfig();
  for (const warning of config.warnings) note(warning);
  const logger = pino({ name: program, level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  await checkPort(config.host, config.port);

  const databases = await openDatabases({ config, use: 'server', needed: ['platform', 'app'], note, signal });
  teardown.add(() => databases.stop());
  for (const series of ['platform', 'app'] as const) {
    signal.throwIfAborted();
    await migrate({ url: databases.url[series], series, note });
  }

  const platform = createPool({
    url: databases.url.platform,
    role: 'mvp_platform_user',
    applicationName: `${program} server`,
    logger,
  });
  teardown.add(() => platform.end());
  await ensureData(
    platform,
    { url: databases.url.platform, source: config.etlSource, dataDir: config.dataDir, signal },
    note,
  );

  const server = createServer(createApp({ platform, logger }));
  teardown.add(() => drain(server));
  signal.throwIfAborted();
  const url = await listen(server, config.host, config.port);
  process.stdout.write(`listening on ${url}\n`);
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
