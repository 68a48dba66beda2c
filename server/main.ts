#!/usr/bin/env node
/*
 * The service: configuration, databases, migrations, first data, then requests. Standard output gets one line,
 * when requests are accepted; logs and progress go to standard error.
 */
import { availableParallelism } from 'node:os';
import pino from 'pino';
import { createApp } from './app.ts';
import { createAuthenticator, howToOpen } from './auth/authenticator.ts';
import { openCache } from './cache/open.ts';
import { readConfig } from './config.ts';
import { openDatabases } from './database/databases.ts';
import { migrate } from './database/migrate.ts';
import { connectionOf, createPool } from './database/pool.ts';
import { Decoder } from './decode/decoder.ts';
import { Memo } from './decode/memo.ts';
import { describe } from './failure.ts';
import { openGarage } from './garage/open.ts';
import { openLimitRedis } from './http/limit-redis.ts';
import { createHttpServer } from './http/server.ts';
import { Traffic } from './http/traffic.ts';
import { drain } from './start/drain.ts';
import { ensureData, isOutdated } from './start/first-load.ts';
import { InlineWorker } from './start/inline-worker.ts';
import { checkPort, listen } from './start/port.ts';
import { aborted, abortOnSignal } from './start/signals.ts';
import { Teardown } from './start/teardown.ts';

const program = 'mvp-platform-vehicles';

/** Memory for the users' lists: a list of ten vehicles takes 6 kB, and users come one after the other. */
const LISTS_BYTES = 16 * 1024 * 1024;

/** For who has no worker with this server; another worker does the same at its next start. */
const OUTDATED =
  'the data was loaded before this version of the program: mvp-vehicles etl run loads it again; until then some lists answer 503';

/** Lines for the person who starts the service, readable without a log viewer. */
function note(line: string): void {
  process.stderr.write(`${program}: ${line}\n`);
}

async function start(signal: AbortSignal, teardown: Teardown): Promise<void> {
  const config = readConfig();
  for (const warning of config.warnings) note(warning);
  // Not synchronous: a write for each request costs more than the line. pino writes what is left when the process exits.
  const logger = pino(
    { name: program, level: config.logLevel },
    pino.destination({ dest: 2, sync: false, minLength: 4096, periodicFlush: 250 }),
  );
  await checkPort(config.host, config.port);

  const databases = await openDatabases({ config, use: 'server', needed: ['platform', 'app'], note, signal });
  teardown.add(() => databases.stop());
  for (const series of ['platform', 'app'] as const) {
    signal.throwIfAborted();
    await migrate({ url: databases.url[series], series, note });
  }

  const login = { url: databases.url.platform, role: 'mvp_platform_user' };
  const platform = createPool({ ...login, applicationName: `${program} server`, logger });
  teardown.add(() => platform.end());
  await ensureData(platform, { url: databases.url.platform, source: config.etlSource, config, signal }, note);
  if (config.worker === 'off' && (await isOutdated(platform))) note(OUTDATED);

  // A list waits as long as it takes, but one batch of it does not: then the database is away or stuck.
  const bulk = createPool({
    ...login,
    applicationName: `${program} server, lists`,
    max: availableParallelism(),
    statementTimeoutMs: 30_000,
    connectTimeoutMs: 60_000,
    logger,
  });
  teardown.add(() => bulk.end());
  const memo = new Memo(platform, logger);
  teardown.add(() => memo.close());
  const { cache, close } = await openCache({
    connection: connectionOf({ ...login, applicationName: `${program} server, release` }),
    maxBytes: config.cacheMaxBytes,
    logger,
  });
  teardown.add(close);

  if (config.jwt === null) note(howToOpen);
  const garage = await openGarage({
    url: databases.url.app,
    decoder: new Decoder({ cache, platform: bulk, bulk }),
    logger,
    maxBytes: Math.min(config.cacheMaxBytes, LISTS_BYTES),
  });
  teardown.add(garage.close);
  const users = { ...garage, authenticate: createAuthenticator(config.jwt, logger) };

  const { http } = config;
  const redis = openLimitRedis(config, logger);
  teardown.add(async () => redis?.disconnect());
  const traffic = new Traffic();
  const app = createApp({ platform, bulk, logger, cache, memo, users, http, traffic, redis });
  const server = createHttpServer(app, { maxConnections: http.maxConnections });
  signal.throwIfAborted();
  const url = await listen(server, config.host, config.port);
  process.stdout.write(`listening on ${url}\n`);
  const worker = InlineWorker.start({ url: databases.url.platform, config, logger, note });
  teardown.add(async () => worker?.stop());
  // Added last, so it comes first: no new requests while a rebuild is being ended, and what both work with goes after them.
  teardown.add(() =>
    drain(server, { traffic, delayMs: http.shutdownDelayMs, timeoutMs: http.shutdownTimeoutMs }),
  );
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
