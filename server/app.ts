/** The HTTP side of the service: HTTP in, one call of a function of schema `api`, JSON out. */

import express, { type Express } from 'express';
import type pg from 'pg';
import type { Logger } from 'pino';
import { accessLog } from './http/access-log.ts';
import { type AnswerSource, answering, uncached } from './http/answer.ts';
import { errorHandler, unknownRoute } from './http/error-handler.ts';
import { requestId } from './http/request-id.ts';
import { decodeRoutes } from './routes/decode.ts';
import { dropdownRoutes } from './routes/dropdowns.ts';
import { healthRoutes } from './routes/health.ts';
import { vpicRoutes } from './routes/vpic.ts';

/** What the app works with; whoever makes them also closes them. */
export interface AppDependencies {
  /** The platform database, as role mvp_platform_user, with connect and statement time limits of its own. */
  platform: pg.Pool;
  logger: Logger;
  /** Where public answers come from: a cache in front of the database; the database alone when absent. */
  source?: AnswerSource;
}

/** The service as an Express application; it listens nowhere and holds no state of its own. */
export function createApp({ platform, logger, source = uncached }: AppDependencies): Express {
  const answer = answering(source);
  const app = express();
  app.disable('x-powered-by');
  // Public answers carry an ETag of their own; Express's would only be added to what must not be cached.
  app.disable('etag');

  app.use(requestId, accessLog(logger));
  app.use('/health', healthRoutes(platform));
  app.use('/api/vehicles/dropdown', dropdownRoutes(platform, answer));
  app.use('/api/vehicles', decodeRoutes(platform, answer));
  app.use('/vpic/api/vehicles', vpicRoutes(platform, answer));
  app.use(unknownRoute, errorHandler(logger));
  return app;
}
