/** `GET /api/vehicles/decode/:vin[/explain]?modelYear=`: what a VIN says about the vehicle, and why. */

import express, { type Router } from 'express';
import { z } from 'zod';
import { LIFETIME } from '../cache/answer-cache.ts';
import type { Queries } from '../database/queries.ts';
import type { Decoder } from '../decode/decoder.ts';
import { orPartial } from '../decode/partial.ts';
import { FIRST_YEAR, LAST_YEAR, modelYear } from '../decode/vin-entry.ts';
import { type AnswerRequest, keyOf, send } from '../http/answer.ts';
import { ask } from '../http/ask.ts';
import { readOnly } from '../http/resource.ts';
import { describedAsInteger, parseQuery } from '../http/validate.ts';
import { vinOf } from '../http/vin-of.ts';

/** What the caller knows about the vehicle. */
export const decodeQuery = z.strictObject({
  modelYear: z
    .string({ error: 'is given more than once' })
    // What is no number of four digits is refused as no year, with the year's own words.
    .transform((text) => (/^[0-9]{4}$/.test(text) ? Number(text) : Number.NaN))
    .pipe(modelYear)
    .meta({
      description:
        'The model year, where the caller knows it: it decides where the letter of position 10 stands for two years.',
      param: { example: 2003 },
      ...describedAsInteger({ minimum: FIRST_YEAR, maximum: LAST_YEAR }),
    })
    .optional(),
});

const explainVin = {
  name: 'explain_vin',
  text: 'select api.explain_vin($1, $2)::text as body, api.data_version() as version',
};

/** The routes below `/api/vehicles` that decode one VIN. */
export function decodeRoutes(decoder: Decoder, platform: Queries, answer: AnswerRequest): Router {
  const router = express.Router();

  readOnly(router, '/decode/:vin', async (req, res) => {
    const vin = vinOf(String(req.params.vin));
    const { modelYear } = parseQuery(decodeQuery, req.query);
    send(res, await orPartial(vin, decoder.one(vin, modelYear)));
  });

  readOnly(router, '/decode/:vin/explain', async (req, res) => {
    const vin = vinOf(String(req.params.vin));
    const { modelYear } = parseQuery(decodeQuery, req.query);
    const load = () => ask(platform, explainVin, [vin, modelYear]);
    await orPartial(vin, answer(res, keyOf('explain', vin, modelYear), load, LIFETIME.decode));
  });

  return router;
}
