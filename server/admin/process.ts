/*
 * The process behind /admin: GraphQL, GraphiQL and the job queue's page, on a socket that only the server reaches
 * (admin-process.ts). Who is behind a request has been checked there; here they are named in a header.
 */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import express from 'express';
import pino from 'pino';
import { readConfig } from '../config.ts';
import { createPool } from '../database/pool.ts';
import { describe, Failure, hasCode } from '../failure.ts';
import { errorHandler, unknownRoute } from '../http/error-handler.ts';
import { requestId } from '../http/request-id.ts';
import { aborted, abortOnSignal } from '../start/signals.ts';
import { Teardown } from '../start/teardown.ts';
import type { ProcessReport } from './admin-process.ts';
import { SUBJECT_HEADER } from './forward.ts';
import { openGraphql } from './graphql.ts';
import { openJobs } from './jobs.ts';
import { urlAs } from './role-url.ts';

const program = 'mvp-platform-vehicles admin';

/** A check of a release takes seconds, a comparison one: nobody waits for more, and nothing else of the pages is slow. */
const STATEMENT_MS = 30_000;

/** What one or two people at a time need. */
const CONNECTIONS = 3;

function subjectOf({ headers }: IncomingMessage): string {
  const subject = headers[SUBJECT_HEADER];
  if (typeof subject !== 'string' || subject === '') throw new Error('a request that names nobody');
  return decodeURIComponent(subject);
}

async function start(teardown: Teardown): Promise<void> {
  const [socketPath] = process.argv.slice(2);
  const config = readConfig();
  const url = config.platformDatabaseUrl;
  if (socketPath === undefined || url === null)
    throw new Failure('this program is started by the server: open /admin');
  // However the server ended, nothing of this is left behind.
  teardown.add(() => rm(dirname(socketPath), { recursive: true, force: true }));
  const logger = pino({ name: program, level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const pool = createPool({
    url,
    role: 'mvp_platform_graphql',
    applicationName: program,
    max: CONNECTIONS,
    statementTimeoutMs: STATEMENT_MS,
    logger,
  });
  teardown.add(() => pool.end());
  const graphql = await openGraphql({ pool, logger, subjectOf });
  teardown.add(() => graphql.release());
  const jobs = await openJobs(urlAs(url, 'mvp_platform_jobs', `${program}, jobs`));
  teardown.add(() => jobs.close());

  const app = express();
  app.disable('x-powered-by');
  app.use(requestId);
  app.get(/^\/admin\/jobs(?:[./].*)?$/, jobs.handler);
  app.use(graphql.handler);
  app.use(unknownRoute, errorHandler(logger));
  const server = createServer(app);
  await once(server.listen(socketPath), 'listening');
  teardown.add(async () => {
    server.close();
    server.closeAllConnections();
  });
}

function report(what: ProcessReport): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(what, undefined, {}, () => resolve());
    else resolve();
  });
}

/** What to do about it; a login that may not take the roles is what a deployment forgets. */
function reasonOf(error: unknown): string {
  if (!hasCode(error, '42501', '22023')) return describe(error);
  return 'the login of PLATFORM_DATABASE_URL may not take the roles: grant mvp_platform_graphql, mvp_platform_jobs to it';
}

const signal = AbortSignal.any([abortOnSignal(), withServer()]);
const teardown = new Teardown();
try {
  await start(teardown);
  await report({ event: 'ready' });
  await aborted(signal);
} catch (error) {
  process.exitCode = 1;
  await report({ event: 'failed', reason: reasonOf(error) });
}
await teardown.run();
process.exit();

/** Aborted when the server is gone: however it died, the channel to it closes. */
function withServer(): AbortSignal {
  const controller = new AbortController();
  process.once('disconnect', () => controller.abort());
  return controller.signal;
}
