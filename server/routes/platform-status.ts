/** What operators ask of the data: `GET /api/platform/status`. */

import express, { type Router } from 'express';
import type { Queries } from '../database/queries.ts';
import { askAll } from '../http/ask.ts';
import { readOnly } from '../http/resource.ts';

const statement = { name: 'status', text: 'select api.status() as status' };

/** `/api/platform/status`: data version, source, row counts, age, last and next rebuild, last error. */
export function platformStatusRoutes(platform: Queries): Router {
  const router = express.Router();
  readOnly(router, '/status', async (_req, res) => {
    const [row] = await askAll<{ status: object }>(platform, statement, []);
    if (row === undefined) throw new Error('api.status gave no row');
    res.set('Cache-Control', 'no-store').json(row.status);
  });
  return router;
}
