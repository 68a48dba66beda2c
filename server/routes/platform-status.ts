/** What operators ask of the data: `GET /api/platform/status` for people, `GET /metrics` for Prometheus. */

import express, { type Router } from 'express';
import type pg from 'pg';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { askAll } from '../http/ask.ts';
import { readOnly } from '../http/resource.ts';

const statement = { name: 'status', text: 'select api.status() as status' };

/** Of api.status() what becomes a metric; the rest goes to the client as it is. */
interface PlatformStatus {
  dataVersion: string;
  ageSeconds: number;
  lastGoodAgeSeconds: number;
  isStale: boolean;
  isOutdated: boolean;
  lastRun: { runId: number; status: string } | null;
}

async function statusOf(platform: pg.Pool): Promise<PlatformStatus> {
  const [row] = await askAll<{ status: PlatformStatus }>(platform, statement, []);
  if (row === undefined) throw new Error('api.status gave no row');
  return row.status;
}

/** `/api/platform/status`: data version, source, row counts, age, last and next rebuild, last error. */
export function platformStatusRoutes(platform: pg.Pool): Router {
  const router = express.Router();
  readOnly(router, '/status', async (_req, res) => {
    res.set('Cache-Control', 'no-store').json(await statusOf(platform));
  });
  return router;
}

/**
 * `/metrics`: the data and its rebuilds as the database knows them at that moment, and this process (memory, CPU,
 * event loop). While the database cannot say, its metrics are left out and `mvp_platform_up` is 0.
 */
export function metricsRoutes(platform: pg.Pool): Router {
  const router = express.Router();
  const ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess, prefix: 'mvp_platform_' });
  readOnly(router, '/', async (_req, res) => {
    const status = await statusOf(platform).catch(() => null);
    const registry = Registry.merge([ofProcess, metricsOf(status)]);
    res
      .set('Cache-Control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
  return router;
}

/** Anew for each scrape: a gauge once made goes on to tell its last value. */
function metricsOf(status: PlatformStatus | null): Registry {
  const registry = new Registry();
  const tell = (name: string, help: string, value: number, labels: Record<string, string> = {}): void =>
    new Gauge({
      name: `mvp_platform_${name}`,
      help,
      labelNames: Object.keys(labels),
      registers: [registry],
    }).set(labels, value);
  tell('up', '1 when the platform database answered this scrape.', Number(status !== null));
  if (status === null) return registry;
  tell('release_info', 'The published release.', 1, { data_version: status.dataVersion });
  tell('data_age_seconds', 'Seconds since the published release was built.', status.ageSeconds);
  tell('rebuild_good_age_seconds', 'Seconds since a rebuild last ended well.', status.lastGoodAgeSeconds);
  tell('data_stale', '1 when that is longer ago than ETL_MAX_AGE.', Number(status.isStale));
  tell('data_outdated', '1 when the data is older than the newest migration.', Number(status.isOutdated));
  if (status.lastRun !== null) {
    const { runId, status: standing } = status.lastRun;
    tell('rebuild_last_run', 'Number of the last run, by how it stands.', runId, { status: standing });
  }
  return registry;
}
