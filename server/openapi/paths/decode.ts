/** `/api/vehicles/decode*`. */

import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponseObject } from 'zod-openapi';
import { vinEntry } from '../../decode/vin-entry.ts';
import { decodeQuery } from '../../routes/decode.ts';
import { decodeBody } from '../../routes/decode-many.ts';
import * as headers from '../headers.ts';
import { inQuery } from '../parameters.ts';
import * as problems from '../problems.ts';
import {
  always,
  json,
  notModified,
  refusal,
  refused,
  tooLarge,
  unavailable,
  unsupportedMediaType,
} from '../responses.ts';
import { decode, decodeExample } from '../schemas/decode.ts';
import { explainedDecode, explainedExample } from '../schemas/explanation.ts';

const tags = ['Decode'];

const requestParams = {
  path: z.object({
    vin: z.string().meta({
      description:
        'Seventeen characters, A-Z without I, O and Q, and 0-9, in any case. One with a wrong check digit is decoded, too.',
      param: { example: '1HGCM82633A004352' },
    }),
  }),
  query: inQuery(decodeQuery),
};

const invalid = refused(problems.invalidVin, problems.invalidParameter, problems.badRequest);

const unanswered: ZodOpenApiResponseObject = refusal(
  'The database is away, and nothing is cached.',
  [problems.undecodable, problems.overloaded],
  headers.retry,
);

export const decodePaths: ZodOpenApiPathsObject = {
  '/api/vehicles/decode/{vin}': {
    get: {
      tags,
      operationId: 'decode',
      summary: 'Decode a VIN',
      description: 'What a VIN says about the vehicle, each value with the probability that it is right.',
      requestParams,
      responses: {
        200: {
          description:
            'The decode object. A VIN with a wrong check digit is not `valid`, and `errors` says why.',
          headers: headers.cached,
          content: json(decode, decodeExample),
        },
        304: notModified,
        400: invalid,
        503: unanswered,
        ...always,
      },
    },
  },
  '/api/vehicles/decode/{vin}/explain': {
    get: {
      tags,
      operationId: 'explain',
      summary: 'Decode a VIN and say why',
      description:
        'The decode object, and for each value the key that matched, the positions it rests on, what was rejected and why, and what its confidence is made of.',
      requestParams,
      responses: {
        200: {
          description: 'The decode object and the reasons for it.',
          headers: headers.cached,
          content: json(explainedDecode, explainedExample),
        },
        304: notModified,
        400: invalid,
        503: unanswered,
        ...always,
      },
    },
  },
  '/api/vehicles/decode': {
    post: {
      tags,
      operationId: 'decodeMany',
      summary: 'Decode many VINs',
      description:
        'As JSON up to a thousand, answered as a whole. As NDJSON any number: one entry a line in, one decode object a line out, in the same order, while the request is still being sent. A text that is no VIN is decoded to its errors.',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: decodeBody,
            example: { vins: ['1HGCM82633A004352', { vin: '5UXWX7C50BA000000', modelYear: 2011 }] },
          },
          'application/x-ndjson': {
            schema: vinEntry.meta({
              description:
                'One line: a JSON value like this, or the bare VIN, or `VIN,year`. Not compressed.',
            }),
            example: '1HGCM82633A004352',
          },
        },
      },
      responses: {
        200: {
          description:
            'JSON: the decode objects in input order. NDJSON: the schema is that of one line. A line that cannot be read gives a problem document with its number. A failure on the way is the last line, and the connection is broken instead of ended.',
          headers: headers.decoded,
          content: {
            ...json(z.strictObject({ results: z.array(decode) }), { results: [decodeExample] }),
            'application/x-ndjson': {
              schema: z.union([decode, problems.invalidLine, problems.cutOff]),
              example: decodeExample,
            },
          },
        },
        400: refused(problems.invalidList, problems.badRequest),
        413: tooLarge,
        415: unsupportedMediaType,
        503: unavailable,
        ...always,
      },
    },
  },
};
