/** `GET /metrics`, for Prometheus. */

import express, { type Router } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Queries } from '../database/queries.ts';
import { readOnly } from '../http/resource.ts';
import type { Traffic } from '../http/traffic.ts';
import { inTime } from '../in-time.ts';
import { type CacheSources, registerCaches } from '../metrics/caches.ts';
import { type DatabasesStatus, registerDatabases } from '../metrics/databases.ts';
import { askPlatformMetrics, registryOf } from '../metrics/platform.ts';

import type { RequestMetrics } from '../metrics/requests.ts';
import { unavailable } from '../problem.ts';

/** Milliseconds for the database: a scrape is given up after ten seconds, and an alert is no use before it answers. */
const PATIENCE = 800;

export interface MetricsSources {
  platform: Queries;
  databases: () => DatabasesStatus;
  caches: CacheSources;
  requests: RequestMetrics;
  traffic: Traffic;
}

/**
 * `/metrics`: requests, caches and databases as this process counts them, the process itself, and the data and its rebuilds as
 * the database knows them at that moment. While the database cannot say, its metrics are left out and `mvp_platform_up`
 * is 0.
 */
export function metricsRoutes({ platform, databases, caches, requests, traffic }: MetricsSources): Router {
  const router = express.Router();
  const own = new Registry();
  // Under the names that every dashboard for Node knows: process_… and nodejs_….
  collectDefaultMetrics({ register: own });
  requests.register(own, traffic);
  registerDatabases(own, databases);
  registerCaches(own, caches);
  readOnly(router, '/', async (_req, res) => {
    const told = await inTime(askPlatformMetrics(platform), PATIENCE, late).catch(() => null);
    const registry = Registry.merge([own, registryOf(told)]);
    res
      .set('Cache-Control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
  return router;
}

const late = (): Error => unavailable('the vehicle database did not answer in time', 1);
