/** `/api/vehicles/dropdown/*`. */

import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { modelsPath, queries } from '../../routes/dropdowns.ts';
import * as headers from '../headers.ts';
import { inQuery } from '../parameters.ts';
import * as problems from '../problems.ts';
import { always, json, notFound, notModified, refused, unavailable } from '../responses.ts';

const BASE = '/api/vehicles/dropdown';

const items = z
  .array(
    z
      .strictObject({ id: z.int().meta({ description: "vPIC's id." }), name: z.string().min(1) })
      .meta({ id: 'Item' }),
  )
  .meta({ description: 'Sorted by name.' });

const years = z.array(z.int()).meta({ description: 'Model years, newest first.' });

interface Dropdown {
  operationId: string;
  summary: string;
  description: string;
  requestParams: ZodOpenApiOperationObject['requestParams'];
  schema: z.ZodType;
  example: unknown;
}

function dropdown({ operationId, summary, description, requestParams, schema, example }: Dropdown): {
  get: ZodOpenApiOperationObject;
} {
  const isPlaced = requestParams?.path !== undefined;
  return {
    get: {
      tags: ['Dropdowns'],
      operationId,
      summary,
      description,
      ...(requestParams && { requestParams }),
      responses: {
        200: {
          description: 'What there is to choose from.',
          headers: headers.cached,
          content: json(schema, example),
        },
        304: notModified,
        400: isPlaced
          ? refused(problems.invalidParameter, problems.badRequest)
          : refused(problems.invalidParameter),
        404: notFound,
        503: unavailable,
        ...always,
      },
    },
  };
}

function options(name: string, example: unknown): { get: ZodOpenApiOperationObject } {
  return dropdown({
    operationId: `list${name}`,
    summary: name,
    description: `Without filters every known one; with year, make and model what the data allows for that vehicle and nothing else.`,
    requestParams: { query: inQuery(queries.vehicle) },
    schema: items,
    example,
  });
}

export const dropdownPaths: ZodOpenApiPathsObject = {
  [`${BASE}/years`]: dropdown({
    operationId: 'listYears',
    summary: 'Years',
    description: 'Model years of everything, of a make, or of a model.',
    requestParams: { query: inQuery(queries.years) },
    schema: years,
    example: [2004, 2003, 2002],
  }),
  [`${BASE}/makes`]: dropdown({
    operationId: 'listMakes',
    summary: 'Makes',
    description: 'Makes of all years or one, of the usual vehicle types or one.',
    requestParams: { query: inQuery(queries.makes) },
    schema: items,
    example: [
      { id: 475, name: 'ACURA' },
      { id: 474, name: 'HONDA' },
    ],
  }),
  [`${BASE}/models/{make}`]: dropdown({
    operationId: 'listModels',
    summary: 'Models',
    description:
      'Models of a make. A known make without data for the year gives an empty list, an unknown make a 404.',
    requestParams: { path: modelsPath, query: inQuery(queries.models) },
    schema: items,
    example: [
      { id: 1861, name: 'Accord' },
      { id: 1863, name: 'Civic' },
    ],
  }),
  [`${BASE}/trims`]: options('Trims', [{ id: 1, name: 'EX-V6' }]),
  [`${BASE}/engines`]: options('Engines', [{ id: 1, name: 'V6 J30A4' }]),
  [`${BASE}/transmissions`]: options('Transmissions', [{ id: 1, name: 'Automatic' }]),
};
