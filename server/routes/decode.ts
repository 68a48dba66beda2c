/** `GET /api/vehicles/decode/:vin[/explain]?modelYear=`: what a VIN says about the vehicle, and why. */

import express, { type Router } from 'express';
import type pg from 'pg';
import { z } from 'zod';
import { type AnswerRequest, keyOf } from '../http/answer.ts';
import { ask } from '../http/ask.ts';
import { readOnly } from '../http/resource.ts';
import { parseQuery } from '../http/validate.ts';
import { Problem } from '../problem.ts';
import { normalize, problems } from '../vin.ts';

const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;

const decodeQuery = z.strictObject({
  modelYear: z
    .string({ error: 'is given more than once' })
    .regex(/^[0-9]{4}$/, { error: `is not an integer from ${FIRST_YEAR} to ${LAST_YEAR}` })
    .transform(Number)
    .refine((value) => value >= FIRST_YEAR && value <= LAST_YEAR, {
      error: `is not an integer from ${FIRST_YEAR} to ${LAST_YEAR}`,
    })
    .optional(),
});

const decodeVin = {
  name: 'decode_vin',
  text: 'select api.decode_vin($1, $2)::text as body, api.data_version() as version',
};

const explainVin = {
  name: 'explain_vin',
  text: 'select api.explain_vin($1, $2)::text as body, api.data_version() as version',
};

/** The routes below `/api/vehicles` that decode. */
export function decodeRoutes(platform: pg.Pool, answer: AnswerRequest): Router {
  const router = express.Router();
  for (const [path, kind, statement] of [
    ['/decode/:vin', 'decode', decodeVin],
    ['/decode/:vin/explain', 'explain', explainVin],
  ] as const) {
    readOnly(router, path, async (req, res) => {
      const vin = vinOf(String(req.params.vin));
      const { modelYear } = parseQuery(decodeQuery, req.query);
      await answer(res, keyOf(kind, vin, modelYear), () => ask(platform, statement, [vin, modelYear]));
    });
  }
  return router;
}

/**
 * The VIN that a text is.
 *
 * @throws Problem 400 `invalid-vin`, with `problems: [{ position, character, reason }]`
 */
function vinOf(text: string): string {
  const vin = normalize(text);
  const found = problems(vin);
  if (found.length === 0) return vin;
  const reasons = found.map(({ position, reason }) =>
    position === null ? reason : `position ${position}: ${reason}`,
  );
  throw new Problem({
    status: 400,
    slug: 'invalid-vin',
    title: 'This cannot be a VIN',
    detail: reasons.join('; '),
    extensions: { problems: found },
  });
}
