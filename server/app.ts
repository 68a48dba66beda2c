/** The HTTP side of the service: HTTP in, one call of a function of schema `api`, JSON out. */

import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Authenticator } from './auth/authenticator.ts';
import { createGuard } from './auth/guard.ts';
import type { AnswerCache } from './cache/answer-cache.ts';
import type { CacheCounts } from './cache/open.ts';
import type { UserLists } from './cache/user-lists.ts';
import { type HttpConfig, httpDefaults } from './config-http.ts';
import type { Queries } from './database/queries.ts';
import type { ReplicaStatus } from './database/replicas/replica.ts';
import { Decoder } from './decode/decoder.ts';
import type { Memo } from './decode/memo.ts';
import { Garage, type MainQueries } from './garage/garage.ts';
import { accessLog } from './http/access-log.ts';
import { answering, noCache } from './http/answer.ts';
import { errorHandler, unknownRoute } from './http/error-handler.ts';
import { guard } from './http/guards.ts';
import { observe } from './http/observe.ts';
import { requestId } from './http/request-id.ts';
import { Traffic } from './http/traffic.ts';
import { type DatabasesStatus, noDatabases } from './metrics/databases.ts';
import { RequestMetrics } from './metrics/requests.ts';
import { pageRoutes } from './page/routes.ts';
import type { RedisLink } from './redis/link.ts';
import { decodeRoutes } from './routes/decode.ts';
import { decodeManyRoutes } from './routes/decode-many.ts';
import { dropdownRoutes } from './routes/dropdowns.ts';
import { healthRoutes } from './routes/health.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { openApiRoutes } from './routes/openapi.ts';
import { platformStatusRoutes } from './routes/platform-status.ts';
import { vehicleRoutes } from './routes/vehicles.ts';
import { vpicRoutes } from './routes/vpic.ts';

/** What the app works with; whoever makes them also closes them. */
export interface AppDependencies {
  /** The platform database, or replicas of it, as role mvp_platform_user, with connect and statement time limits. */
  platform: Queries;
  /** The platform database itself, for how it stands; `platform` when absent. */
  primary?: Queries;
  /** How its replicas stand; absent where there are none. */
  replicas?: () => readonly ReplicaStatus[];
  logger: Logger;
  /** The same database for lists of VINs, with connections and time limits that suit them; `platform` when absent. */
  bulk?: Queries;
  /** In front of the database; when absent, every answer is the database's. */
  cache?: AnswerCache;
  /** Told which decodes were asked for and not cached. */
  memo?: Memo;
  /** What the users' vehicles need; when absent, their paths are unknown. */
  users?: UserDependencies;
  /** What stands in front of the routes; when absent, as with an empty environment. */
  http?: HttpConfig;
  /** Told of every request; whoever ends the process tells it so. */
  traffic?: Traffic;
  /** How this process stands with its databases, for metrics. */
  databases?: () => DatabasesStatus;
  /** What the cache counts, for metrics. */
  cacheCounts?: () => CacheCounts;
  /** The admin pages (admin/admin.ts); when absent, their paths are unknown. */
  admin?: RequestHandler;
  /** The Redis behind the cache, where servers also count together how much a client asks. */
  redis?: RedisLink | undefined;
}

/** The main database and who may come to it. */
export interface UserDependencies {
  /** The main database, as role mvp_main_user, with connect, statement and query time limits. */
  main: MainQueries;
  lists: UserLists;
  /** Milliseconds for reading the VIN of a vehicle; its own limit when absent. */
  readPatienceMs?: number;
  authenticate: Authenticator;
}

/** The service as an Express application; it listens nowhere and holds no state of its own. */
export function createApp(dependencies: AppDependencies): Express {
  const { platform, primary = platform, replicas, bulk = platform, users } = dependencies;
  const { logger, cache = noCache(), memo, redis } = dependencies;
  const { http = httpDefaults, traffic = new Traffic(), databases = noDatabases, cacheCounts } = dependencies;
  const answer = answering((...question) => cache.answer(...question));
  const decoder = new Decoder({ cache, platform, bulk, ...(memo && { memo }) });
  const app = express();
  app.disable('x-powered-by');
  // Public answers carry an ETag of their own; Express's would only be added to what must not be cached.
  app.disable('etag');

  const metrics = new RequestMetrics();
  app.use(requestId, observe({ traffic, metrics, log: accessLog(logger) }));
  app.use(
    '/health',
    healthRoutes({ platform: primary, reads: platform, main: users?.main.reads, replicas, redis, traffic }),
  );
  const caches = { counts: cacheCounts, redis };
  app.use('/metrics', metricsRoutes({ platform: primary, databases, caches, requests: metrics, traffic }));
  const { allowance, streams } = guard(app, { config: http, traffic, redis: redis?.client, logger });
  app.use('/api/platform', platformStatusRoutes(primary));
  app.use('/api/vehicles/dropdown', dropdownRoutes(platform, answer));
  app.use(
    '/api/vehicles',
    decodeRoutes(decoder, platform, answer),
    decodeManyRoutes(decoder, { allowance, streams }),
  );
  if (users !== undefined) {
    const { main, lists, readPatienceMs } = users;
    const garage = new Garage({ main, lists, decoder, logger, readPatienceMs });
    app.use('/api/vehicles', vehicleRoutes(garage, createGuard(users.authenticate)));
  }
  app.use('/vpic/api/vehicles', vpicRoutes(platform, answer, allowance));
  app.use('/api', openApiRoutes());
  app.use(pageRoutes());
  if (dependencies.admin !== undefined) app.use('/admin', dependencies.admin);
  app.use(unknownRoute, errorHandler(logger));
  return app;
}
