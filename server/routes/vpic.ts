/**
 * `/vpic/api/vehicles/*`: paths, parameters and shapes of NHTSA's public vPIC API (https://vpic.nhtsa.dot.gov/api/),
 * so that its clients only change their base URL. As there, any text is decoded (partial VINs, `*` wildcards,
 * nonsense), names are case-insensitive and parameters it does not know are ignored.
 */

import express, { type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { LIFETIME } from '../cache/answer-cache.ts';
import type { Queries } from '../database/queries.ts';
import type { Allowance } from '../http/allowance.ts';
import { type Answer, type AnswerRequest, keyOf } from '../http/answer.ts';
import { ask, type Statement } from '../http/ask.ts';
import { BODY_LIMIT, parseJson, timely } from '../http/body.ts';
import { postOnly, readOnly } from '../http/resource.ts';
import { Problem } from '../problem.ts';
import { vinsOf } from '../vpic/batch.ts';
import type { Envelope, Layout } from '../vpic/envelope.ts';
import { type Format, formatOf } from '../vpic/formats.ts';
import { decodedValues, decodedVariables } from '../vpic/layouts.ts';
import { type List, lists, unavailable } from '../vpic/lists.ts';
import { format, modelYear, parametersOf, vinOf } from '../vpic/parameters.ts';

const MESSAGE =
  'Results returned successfully. NOTE: Any missing decoded values should be interpreted as NHTSA does not have data on ' +
  'the specific variable. Missing value should NOT be interpreted as an indication that a feature or technology is ' +
  'unavailable for a vehicle.';

export const formatQuery = z.object({ format });
export const decodeQuery = z.object({ format, modelyear: modelYear.optional() });
export const batchBody = z.object({
  format,
  data: z.string({ error: 'is missing, or given more than once' }).meta({
    description: 'Up to 50 VINs, each with its model year where that is known: `VIN[,year];VIN[,year];…`.',
  }),
});

/** `count` stands in a column: what is sent is never parsed. */
type CountedAnswer = Answer & { count: number };

const decodeVin = {
  name: 'vpic_decode_vin',
  text: `select r::text as body, jsonb_array_length(r) as count, api.data_version() as version
    from api.vpic_decode_vin($1, $2, $3) as r`,
};
const decodeVinValues = {
  name: 'vpic_decode_vin_values',
  text: `select r.results::text as body, r.row_count as count, api.data_version() as version
    from api.vpic_decode_vin_values($1, $2, $3) as r`,
};
const decodeVinsValues = {
  name: 'vpic_decode_vins_values',
  text: `select r::text as body, json_array_length(r) as count, api.data_version() as version
    from api.vpic_decode_vins_values($1, $2) as r`,
};

/** One of the four ways to decode a VIN. */
interface Decode {
  path: string;
  statement: Statement;
  isExtended: boolean;
  layout: Layout;
  criteria: (vin: string) => string;
}

/** The four. */
export const decodes: readonly Decode[] = [false, true].flatMap((isExtended) => {
  const suffix = isExtended ? 'Extended' : '';
  return [
    {
      path: `/DecodeVin${suffix}`,
      statement: decodeVin,
      isExtended,
      layout: decodedVariables,
      criteria: (vin: string) => `VIN:${vin}`,
    },
    {
      path: `/DecodeVinValues${suffix}`,
      statement: decodeVinValues,
      isExtended,
      layout: decodedValues,
      criteria: (vin: string) => `VIN(s): ${vin}`,
    },
  ];
});

/** The routes below `/vpic/api/vehicles`. */
export function vpicRoutes(platform: Queries, answer: AnswerRequest, allowance: Allowance): Router {
  const router = express.Router();
  for (const decode of decodes) {
    readOnly(router, `${decode.path}{/:vin}`, decoding(decode, platform, answer));
  }
  for (const list of lists) readOnly(router, list.path, listing(list, platform, answer));
  // The public API's page spells it in both ways, and so do its clients; paths are case-insensitive anyway.
  postOnly(
    router,
    '/DecodeVinValuesBatch',
    timely(express.urlencoded({ extended: false, limit: BODY_LIMIT })),
    parseJson,
    decodingMany(platform, allowance),
  );
  for (const [path, what] of unavailable) {
    readOnly(router, `${path}{/*rest}`, () => {
      throw new Problem({
        status: 501,
        slug: 'not-in-published-data',
        title: 'Not in the published vPIC database',
        detail: `the published vPIC database does not hold ${what}; NHTSA's own API does: https://vpic.nhtsa.dot.gov/api/`,
      });
    });
  }
  return router;
}

function decoding(
  { path, statement, isExtended, layout, criteria }: Decode,
  platform: Queries,
  answer: AnswerRequest,
): RequestHandler {
  return async (req, res) => {
    const vin = vinOf(req);
    const query = parametersOf(decodeQuery, req.query);
    const asked = formatOf(req, res, query.format);
    const load = async (): Promise<Answer> => {
      const values = [vin, query.modelyear, isExtended];
      const row = await ask<CountedAnswer>(platform, statement, values);
      return rendered(asked, layout, row, { message: MESSAGE, searchCriteria: criteria(vin) });
    };
    const question = keyOf(endpointOf(path), asked.name, vin, query.modelyear);
    await answer(res, question, load, LIFETIME.decode, asked.mediaType);
  };
}

function listing(list: List, platform: Queries, answer: AnswerRequest): RequestHandler {
  return async (req, res) => {
    const asked = formatOf(req, res, parametersOf(formatQuery, req.query).format);
    const { values, searchCriteria = null, layout, message = list.message } = list.read(req);
    const load = async (): Promise<Answer> => {
      const row = await ask<CountedAnswer>(platform, list.statement, values);
      return rendered(asked, layout, row, { message, searchCriteria });
    };
    await answer(
      res,
      keyOf(endpointOf(list.path), asked.name, ...values),
      load,
      LIFETIME.dropdown,
      asked.mediaType,
    );
  };
}

function decodingMany(platform: Queries, allowance: Allowance): RequestHandler {
  return async (req, res) => {
    // The format stands in the body or in the address: clients do both.
    const { data, format: wanted } = parametersOf(batchBody, { ...req.query, ...Object(req.body) });
    const asked = formatOf(req, res, wanted);
    const vins = vinsOf(data);
    await allowance.take(req, res, vins.length);
    const row = await ask<CountedAnswer>(platform, decodeVinsValues, [
      vins.map(({ vin }) => vin),
      vins.map(({ modelYear }) => modelYear),
    ]);
    const { body: text, version } = rendered(asked, decodedValues, row, {
      message: MESSAGE,
      searchCriteria: '',
    });
    sendOnce(res, asked, text, version);
  };
}

function rendered(
  asked: Format,
  layout: Layout,
  { body, count, version }: CountedAnswer,
  words: Pick<Envelope, 'message' | 'searchCriteria'>,
): Answer {
  return { body: asked.render({ count, results: body, ...words }, layout), version };
}

/** What the endpoint of a path is called in keys: `vpic-GetAllMakes`. Its parameters tell its paths apart. */
function endpointOf(path: string): string {
  return `vpic-${path.match(/\w+/)?.[0]}`;
}

/** The answer to a POST is nobody else's. */
function sendOnce(res: Response, { mediaType }: Format, text: string, version: string): void {
  res.set({ 'Cache-Control': 'no-store', 'X-Data-Version': version, 'Content-Type': mediaType });
  res.end(text);
}
