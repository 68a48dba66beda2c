/** What stands in front of the routes, as configured; what is not configured costs nothing. */

import type { Express } from 'express';
import type { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { HttpConfig } from '../config-http.ts';
import { type Allowance, allowanceOf, rateLimit, unlimited } from './allowance.ts';
import { clientOf, noticingProxies } from './client.ts';
import { crossOrigin } from './cors.ts';
import { strictTransport } from './headers.ts';
import { StreamPlaces, shedLoad } from './load.ts';
import { ClientLimiter } from './rate-limit.ts';
import type { Traffic } from './traffic.ts';

export interface GuardOptions {
  config: Pick<HttpConfig, 'trustProxy' | 'corsOrigins' | 'rateLimit' | 'maxRequests'>;
  traffic: Traffic;
  /** Where servers count together how much a client asks. */
  redis?: Redis | Cluster | undefined;
  logger: Pick<Logger, 'info' | 'warn'>;
}

/** What routes need of the guards. */
export interface Guards {
  allowance: Allowance;
  streams: StreamPlaces;
}

/** Puts the guards in front of all routes that are added from here on. */
export function guard(app: Express, { config, traffic, redis, logger }: GuardOptions): Guards {
  const { trustProxy, corsOrigins, maxRequests } = config;
  if (trustProxy !== null) {
    app.set('trust proxy', trustProxy);
    app.use(strictTransport);
  }
  // Before whatever refuses: a page may read why.
  if (corsOrigins.length > 0) app.use(crossOrigin(corsOrigins));
  app.use(shedLoad({ traffic, maxRequests }));
  const streams = new StreamPlaces({ traffic, maxRequests });
  if (config.rateLimit === null) return { allowance: unlimited, streams };

  const limiter = new ClientLimiter({ limit: config.rateLimit, redis, logger });
  const client = trustProxy === null ? noticingProxies(logger) : clientOf(true);
  app.use(rateLimit(limiter, client));
  return { allowance: allowanceOf(limiter, client), streams };
}
