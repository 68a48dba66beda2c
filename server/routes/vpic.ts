/**
 * `/vpic/api/vehicles/*`: paths, parameters and shapes of NHTSA's public vPIC API (https://vpic.nhtsa.dot.gov/api/),
 * so that its clients only change their base URL. As there, any text is decoded (partial VINs, `*` wildcards,
 * nonsense), names are case-insensitive and parameters it does not know are ignored.
 */

import express, { type Request, type Router } from 'express';
import type pg from 'pg';
import { z } from 'zod';
import { LIFETIME } from '../cache/answer-cache.ts';
import { type Answer, type AnswerRequest, keyOf } from '../http/answer.ts';
import { ask } from '../http/ask.ts';
import { readOnly } from '../http/resource.ts';
import { parseQuery } from '../http/validate.ts';
import { badRequest, Problem } from '../problem.ts';

/** Longest text that is decoded, in characters; beyond it there is no VIN to be found, only work. */
const LONGEST_VIN = 1000;

const MESSAGE =
  'Results returned successfully. NOTE: Any missing decoded values should be interpreted as NHTSA does not have data on ' +
  'the specific variable. Missing value should NOT be interpreted as an indication that a feature or technology is ' +
  'unavailable for a vehicle.';

const vpicQuery = z.object({
  format: z.string({ error: 'is given more than once' }).toLowerCase().optional(),
  modelyear: z
    .string({ error: 'is given more than once' })
    .regex(/^[0-9]{1,4}$/, { error: 'is not a year' })
    .transform(Number)
    .optional(),
});

const decodeVin = {
  name: 'vpic_decode_vin',
  text: `select r::text as body, jsonb_array_length(r) as count, api.data_version() as version
    from api.vpic_decode_vin($1, $2) as r`,
};
const decodeVinValues = {
  name: 'vpic_decode_vin_values',
  text: 'select api.vpic_decode_vin_values($1, $2)::text as body, api.data_version() as version',
};

/** The routes below `/vpic/api/vehicles`. */
export function vpicRoutes(platform: pg.Pool, answer: AnswerRequest): Router {
  const router = express.Router();

  // The VIN is optional: no text is a text too, and is decoded as one ("6 - Incomplete VIN").
  readOnly(router, '/DecodeVin{/:vin}', async (req, res) => {
    const { vin, modelYear } = parametersOf(req);
    const load = async () => {
      const row = await ask<Answer & { count: number }>(platform, decodeVin, [vin, modelYear]);
      return { body: envelope(row.count, `VIN:${vin}`, row.body), version: row.version };
    };
    await answer(res, keyOf('vpic-decode-vin', vin, modelYear), load, LIFETIME.decode);
  });

  readOnly(router, '/DecodeVinValues{/:vin}', async (req, res) => {
    const { vin, modelYear } = parametersOf(req);
    const load = async () => {
      const row = await ask(platform, decodeVinValues, [vin, modelYear]);
      return { body: envelope(1, `VIN(s): ${vin}`, `[${row.body}]`), version: row.version };
    };
    await answer(res, keyOf('vpic-decode-vin-values', vin, modelYear), load, LIFETIME.decode);
  });

  return router;
}

/** vPIC's envelope around results that are JSON text already. */
function envelope(count: number, searchCriteria: string, results: string): string {
  const head = JSON.stringify({ Count: count, Message: MESSAGE, SearchCriteria: searchCriteria });
  return `${head.slice(0, -1)},"Results":${results}}`;
}

/** VIN and model year of a decode; 400 or 501 when they or the format cannot be served. */
function parametersOf(req: Request): { vin: string; modelYear: number | undefined } {
  const vin = String(req.params.vin ?? '');
  if (vin.length > LONGEST_VIN) throw badRequest(`the VIN is longer than ${LONGEST_VIN} characters`);
  // PostgreSQL's text cannot hold it.
  if (vin.includes('\0')) throw badRequest('the VIN contains the character U+0000');

  const query = Object.fromEntries(
    Object.entries(req.query).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const { format = 'json', modelyear } = parseQuery(vpicQuery, query);
  if (format === 'xml' || format === 'csv') {
    throw new Problem({
      status: 501,
      slug: 'format-not-available',
      detail: `format=${format} is not available; ask with format=json`,
    });
  }
  if (format !== 'json') throw badRequest('format must be json');
  return { vin, modelYear: modelyear };
}
