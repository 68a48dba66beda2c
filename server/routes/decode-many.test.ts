/** A list whose turn does not come: what stands in for the decoder never answers, as a line that is used up. */

import test from 'ava';
import express from 'express';
import { pino } from 'pino';
import { unlimited } from '../http/allowance.ts';
import { errorHandler } from '../http/error-handler.ts';
import { StreamPlaces } from '../http/load.ts';
import { serve } from '../http/testing/app.ts';
import { Traffic } from '../http/traffic.ts';
import { decodeManyRoutes } from './decode-many.ts';

for (const [what, type, body] of [
  ['a list as JSON', 'application/json', '{"vins":["1HGCM82633A004352"]}'],
  ['the beginning of a stream', 'application/x-ndjson', '1HGCM82633A004352\n'],
] as const) {
  test(`${what} is refused when it takes too long, and may come again`, async (t) => {
    const app = express();
    const streams = new StreamPlaces({ traffic: new Traffic(), maxRequests: 10 });
    const decoder = { many: () => new Promise<never>(() => undefined) };
    app.use(decodeManyRoutes(decoder, { allowance: unlimited, streams }, 50));
    app.use(errorHandler(pino({ level: 'silent' })));
    const { ask } = await serve(t, app, {});
    const reply = await ask('/decode', { method: 'POST', headers: { 'Content-Type': type }, body });
    t.is(reply.status, 503);
    t.is(reply.headers.get('retry-after'), '5');
    t.is(reply.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  });
}
