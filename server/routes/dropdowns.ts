/** `GET /api/vehicles/dropdown/*`: makes, models, trims, engines, transmissions and years to choose from. */

import express, { type Router } from 'express';
import { z } from 'zod';
import type { Queries } from '../database/queries.ts';
import { type AnswerRequest, keyOf } from '../http/answer.ts';
import { ask, type Statement } from '../http/ask.ts';
import { readOnly } from '../http/resource.ts';
import { parseQuery, text, year } from '../http/validate.ts';

const make = text.meta({
  description: 'Make: its name in any case, or its id.',
  param: { example: 'HONDA' },
});
const model = text.meta({
  description: 'Model: its name in any case, or its id.',
  param: { example: 'Accord' },
});
const vehicleType = text.meta({
  description:
    'Vehicle type: its name, short form or id in any case (`truck`, `mpv`, `2`), or `all`. Without it: passenger cars, MPVs, trucks and motorcycles.',
  param: { example: 'truck' },
});

/** What each list may be filtered by. */
export const queries = {
  makes: z.strictObject({ year: year.optional(), vehicleType: vehicleType.optional() }),
  models: z.strictObject({ year: year.optional() }),
  vehicle: z.strictObject({ year: year.optional(), make: make.optional(), model: model.optional() }),
  years: z.strictObject({ make: make.optional(), model: model.optional() }),
};

export const modelsPath = z.strictObject({ make });

/** `array(…)` keeps the order that the function gives; the list is `[]`, not null, when it gives no row. */
const makes = {
  name: 'makes',
  text: 'select to_json(array(select api.makes($1, $2)))::text as body, api.data_version() as version',
};
const models = {
  name: 'models',
  text: 'select to_json(array(select api.models($1, $2)))::text as body, api.data_version() as version',
};
const trims = {
  name: 'trims',
  text: 'select to_json(array(select api.trims($1, $2, $3)))::text as body, api.data_version() as version',
};
const engines = {
  name: 'engines',
  text: 'select to_json(array(select api.engines($1, $2, $3)))::text as body, api.data_version() as version',
};
const transmissions = {
  name: 'transmissions',
  text: 'select to_json(array(select api.transmissions($1, $2, $3)))::text as body, api.data_version() as version',
};
const years = {
  name: 'years',
  text: 'select to_json(array(select api.years($1, $2)))::text as body, api.data_version() as version',
};

/** The routes below `/api/vehicles/dropdown`. */
export function dropdownRoutes(platform: Queries, answer: AnswerRequest): Router {
  const router = express.Router();

  readOnly(router, '/makes', async (req, res) => {
    const query = parseQuery(queries.makes, req.query);
    const values = [query.year, query.vehicleType];
    await answer(res, keyOf('makes', ...values), () => ask(platform, makes, values));
  });

  readOnly(router, '/models/:make', async (req, res) => {
    const { make } = parseQuery(modelsPath, req.params);
    const query = parseQuery(queries.models, req.query);
    const values = [make, query.year];
    await answer(res, keyOf('models', ...values), () => ask(platform, models, values));
  });

  for (const statement of [trims, engines, transmissions] satisfies Statement[]) {
    readOnly(router, `/${statement.name}`, async (req, res) => {
      const query = parseQuery(queries.vehicle, req.query);
      const values = [query.year, query.make, query.model];
      await answer(res, keyOf(statement.name, ...values), () => ask(platform, statement, values));
    });
  }

  readOnly(router, '/years', async (req, res) => {
    const query = parseQuery(queries.years, req.query);
    const values = [query.make, query.model];
    await answer(res, keyOf('years', ...values), () => ask(platform, years, values));
  });

  return router;
}
