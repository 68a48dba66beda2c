/** `GET /health/live` and `GET /health/ready`, for whoever starts, stops and routes to this process. */

import { setTimeout as sleep } from 'node:timers/promises';
import express, { type Router } from 'express';
import type pg from 'pg';
import { ask } from '../http/ask.ts';
import { readOnly } from '../http/resource.ts';
import { unavailable } from '../problem.ts';

/** Milliseconds for the database to say that it has data: below the one second that probes commonly wait. */
const PATIENCE = 800;

const dataVersion = {
  name: 'data_version',
  text: 'select api.data_version() as body, api.data_version() as version',
};

/** The routes below `/health`. */
export function healthRoutes(platform: pg.Pool): Router {
  const router = express.Router();

  readOnly(router, '/live', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'live' });
  });

  // Ready is who can answer a decode: a release is published and the database says so in time.
  readOnly(router, '/ready', async (_req, res) => {
    const { version } = await inTime(ask(platform, dataVersion, []));
    res.set('Cache-Control', 'no-store').json({ status: 'ready', dataVersion: version });
  });

  return router;
}

/** What the promise gives, or a 503 when that takes longer than {@link PATIENCE}; the query itself ends by the
 * pool's own limits. */
async function inTime<Value>(promise: Promise<Value>): Promise<Value> {
  const timer = new AbortController();
  const tooLate = async (): Promise<never> => {
    await sleep(PATIENCE, undefined, { signal: timer.signal });
    throw unavailable(`the vehicle database did not answer within ${PATIENCE} ms`, 2);
  };
  try {
    return await Promise.race([promise, tooLate()]);
  } finally {
    timer.abort();
  }
}
