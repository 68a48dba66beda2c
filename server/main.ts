#!/usr/bin/env node
/*
 * The service: configuration, databases, migrations, first data, then requests. Standard output gets one line,
 * when requests are accepted; logs and progress go to standard error.
 */
import pino from 'pino';
import { openAdmin } from './admin/admin.ts';
import { createApp } from './app.ts';
import { createAuthenticator, howToOpen } from './auth/authenticator.ts';
import { openCache } from './cache/open.ts';
import { readConfig } from './config.ts';
import { type DatabaseName, openDatabases } from './database/databases.ts';
import { migrate } from './database/migrate.ts';
import { Platform } from './database/platform.ts';
import { connectionOf, createPool } from './database/pool.ts';
import { Decoder } from './decode/decoder.ts';
import { Memo } from './decode/memo.ts';
import { describe } from './failure.ts';
import { openGarage } from './garage/open.ts';
import { createHttpServer } from './http/server.ts';
import { Traffic } from './http/traffic.ts';
import type { DatabasesStatus } from './metrics/databases.ts';
import { openRedis } from './redis/open.ts';
import { Arrival } from './start/arrival.ts';
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

  const databases = await openDatabases({
    config,
    use: 'server',
    needed: ['platform', 'app'],
    note,
    mayBeAway: true,
    signal,
  });
  teardown.add(() => databases.stop());
  /** Prepares a database before anything is served, or, while nobody answers for it, beside that. */
  const arrivalOf = (name: DatabaseName, meanwhile: string, prepared = async () => {}): Promise<Arrival> => {
    signal.throwIfAborted();
    const away = databases.away.find((database) => database.name === name)?.reason ?? null;
    const prepare = async (): Promise<void> => {
      if (away !== null) await databases.check(name);
      await migrate({ url: databases.url[name], series: name, note });
      await prepared();
    };
    return Arrival.of({ prepare, away, meanwhile, note, signal });
  };

  const login = { url: databases.url.platform, role: 'mvp_platform_user' };
  const loader = createPool({ ...login, applicationName: `${program} start`, max: 1, logger });
  teardown.add(() => loader.end());
  const meanwhile =
    config.platformReplicaUrls.length > 0 ? 'until then replicas answer' : 'until then every answer is a 503';
  const platformArrival = await arrivalOf('platform', meanwhile, async () => {
    await ensureData(loader, { url: login.url, source: config.etlSource, config, signal }, note);
    if (config.worker === 'off' && (await isOutdated(loader))) note(OUTDATED);
  });
  const mainArrival = await arrivalOf('app', "until then the users' vehicles answer 503");

  const redis = config.redis === null ? undefined : await openRedis(config.redis, logger);
  teardown.add(async () => redis?.close());
  const answers = await openCache({
    connection: connectionOf({ ...login, applicationName: `${program} server, release` }),
    maxBytes: config.cacheMaxBytes,
    ...(redis && { redis }),
    logger,
  });
  teardown.add(answers.close);
  const { cache, release } = answers;
  const platform = new Platform({
    url: login.url,
    replicaUrls: config.platformReplicaUrls,
    release,
    isReady: platformArrival.isHere,
    onAway: () => release.lost(),
    logger,
  });
  teardown.add(() => platform.close());
  await platform.start();
  const { reads, bulk, primary } = platform;
  const memo = new Memo(primary, logger);
  teardown.add(() => memo.close());

  if (config.jwt === null) note(howToOpen);
  const garage = await openGarage({
    url: databases.url.app,
    decoder: new Decoder({ cache, platform: bulk, bulk }),
    isReady: mainArrival.isHere,
    logger,
    maxBytes: Math.min(config.cacheMaxBytes, LISTS_BYTES),
    ...(redis && { redis }),
  });
  teardown.add(garage.close);
  const authenticate = createAuthenticator(config.jwt, logger);
  const users = { ...garage, authenticate };
  const admin = openAdmin({ url: databases.url.platform, authenticate, logger });
  teardown.add(() => admin.close());

  const { http } = config;
  const traffic = new Traffic();
  const replicas = config.platformReplicaUrls.length > 0 && { replicas: () => platform.status.replicas };
  const databasesStatus = (): DatabasesStatus => {
    const { servers, ...status } = platform.status;
    return { ...status, servers: { ...servers, main: garage.status() } };
  };
  const data = {
    platform: reads,
    bulk,
    primary,
    ...replicas,
    cache,
    memo,
    users,
    admin: admin.routes,
    databases: databasesStatus,
    cacheCounts: () => answers.counts,
    redis: redis?.link,
  };
  const app = createApp({ ...data, logger, http, traffic });
  const server = createHttpServer(app, { maxConnections: http.maxConnections });
  signal.throwIfAborted();
  const url = await listen(server, config.host, config.port);
  process.stdout.write(`listening on ${url}\n`);
  let worker: InlineWorker | null = null;
  platformArrival.whenHere(() => {
    if (!signal.aborted) worker = InlineWorker.start({ url: login.url, config, logger, note });
  });
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
