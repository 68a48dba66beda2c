/** What people ask of the data: `GET /api/platform/status` and `GET /api/platform/rebuilds`. */

import express, { type Router } from 'express';
import type { Queries } from '../database/queries.ts';
import { askAll } from '../http/ask.ts';
import { readOnly } from '../http/resource.ts';

const status = { name: 'status', text: 'select api.status()::text as body' };
const rebuilds = { name: 'rebuilds', text: 'select api.rebuilds()::text as body' };

/**
 * `/api/platform/status`: data version, source, row counts, age, last and next rebuild, last error.
 * `/api/platform/rebuilds`: the last ten rebuilds, how long each took, what it loaded and what it changed.
 */
export function platformStatusRoutes(platform: Queries): Router {
  const router = express.Router();
  for (const statement of [status, rebuilds]) {
    readOnly(router, `/${statement.name}`, async (_req, res) => {
      const [row] = await askAll<{ body: string }>(platform, statement, []);
      if (row === undefined) throw new Error(`api.${statement.name} gave no row`);
      res.set('Cache-Control', 'no-store').type('json').send(row.body);
    });
  }
  return router;
}
