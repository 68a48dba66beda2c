/** `/vpic/api/vehicles/*`: the drop-in for NHTSA's public vPIC API, from the same tables as its routes. */

import { z } from 'zod';
import type {
  ZodOpenApiContentObject,
  ZodOpenApiOperationObject,
  ZodOpenApiPathItemObject,
  ZodOpenApiPathsObject,
} from 'zod-openapi';
import { batchBody, decodes, formatQuery, decodeQuery as vpicDecodeQuery } from '../../routes/vpic.ts';
import { lists, unavailable as unpublished } from '../../vpic/lists.ts';
import * as headers from '../headers.ts';
import { inPath, inQuery } from '../parameters.ts';
import * as problems from '../problems.ts';
import {
  always,
  notModified,
  refusal,
  refused,
  tooLarge,
  unavailable,
  unsupportedMediaType,
} from '../responses.ts';
import { endpoints, envelope, modelOfType } from '../schemas/vpic.ts';

const BASE = '/vpic/api/vehicles';

const tags = ['vPIC API'];

type RequestParameters = NonNullable<ZodOpenApiOperationObject['requestParams']>;

const anyVin = z.string().meta({
  description:
    'Any text of up to 1,000 characters: a VIN, a part of one, `*` for characters that are not known; nothing at all, too.',
  param: { example: '1HGCM82633A004352' },
});

/** The paths of Express that one with optional parts stands for, as OpenAPI writes them. */
function templatesOf(path: string): string[] {
  const optional = /\{(?<part>[^}]+)\}$/.exec(path);
  const required = optional === null ? path : path.slice(0, optional.index);
  const all = optional === null ? [required] : [required, required + optional.groups?.part];
  return all.map((each) => each.replace(/:(\w+)/g, '{$1}'));
}

/** What tells the operations of one endpoint apart: the names in the template, but for what every one of them needs. */
function filtersOf(template: string, path: string): string {
  const [needed] = path.split('{')[0]?.match(/(?<=:)\w+/) ?? [];
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return names.flatMap((name) => (name === needed ? [] : `_${name}`)).join('');
}

/** The parameters of a template: those that it names are in the path, of the rest those that no path of the list names. */
function parametersOf(template: string, path: string, { shape }: z.ZodObject): RequestParameters {
  const entries = Object.entries(shape);
  const placed = entries.filter(([name]) => template.includes(`{${name}}`));
  const named = entries.filter(([name]) => !path.includes(`:${name}`));
  const query = inQuery(z.object({ ...Object.fromEntries(named), ...formatQuery.shape }));
  if (placed.length === 0) return { query };
  return { path: inPath(z.object(Object.fromEntries(placed))), query };
}

function answersOf(result: z.ZodType): ZodOpenApiContentObject {
  return {
    'application/json': { schema: envelope(result) },
    'application/xml': {
      schema: z.string().meta({
        description: 'The same as XML: `Response`, `Count`, `Message`, `SearchCriteria`, `Results`.',
      }),
    },
    'text/csv': {
      schema: z
        .string()
        .meta({ description: 'The results alone: names in lower case, then a line each, CRLF.' }),
    },
  };
}

function reading(
  endpoint: string,
  template: string,
  requestParams: RequestParameters,
  filters = '',
): ZodOpenApiPathItemObject {
  const [summary, result] = endpoints[endpoint] ?? [];
  if (summary === undefined || result === undefined)
    throw new Error(`schemas/vpic.ts does not describe ${endpoint}`);
  const shown = template.includes('{vehicletype}') && endpoint.startsWith('GetModels') ? modelOfType : result;
  return {
    get: {
      tags,
      operationId: `vpic${endpoint}${filters}`,
      summary,
      requestParams,
      responses: {
        200: {
          description: 'The results, in the format that was asked for.',
          headers: headers.negotiated,
          content: answersOf(shown),
        },
        304: notModified,
        400: refused(problems.invalidParameter, problems.badRequest),
        503: unavailable,
        ...always,
      },
    },
  };
}

const decodePaths = decodes.map(({ path }): [string, ZodOpenApiPathItemObject] => {
  const template = `${path}/{vin}`;
  const requestParams = { path: z.object({ vin: anyVin }), query: inQuery(vpicDecodeQuery) };
  return [template, reading(path.slice(1), template, requestParams)];
});

const listPaths = lists.flatMap(({ path, parameters }) =>
  templatesOf(path).map((template): [string, ZodOpenApiPathItemObject] => {
    const endpoint = path.match(/\w+/)?.[0] ?? path;
    return [
      template,
      reading(endpoint, template, parametersOf(template, path, parameters), filtersOf(template, path)),
    ];
  }),
);

const batch: ZodOpenApiOperationObject = {
  tags,
  operationId: 'vpicDecodeVinValuesBatch',
  summary: 'Decode up to 50 VINs to an object each',
  requestParams: { query: inQuery(formatQuery) },
  requestBody: {
    required: true,
    content: {
      'application/x-www-form-urlencoded': {
        schema: batchBody,
        example: { data: '5UXWX7C5*BA,2011;1HGCM82633A004352', format: 'json' },
      },
      'application/json': {
        schema: batchBody,
        example: { data: '5UXWX7C5*BA,2011;1HGCM82633A004352', format: 'json' },
      },
    },
  },
  responses: {
    200: {
      description: 'The results, in input order.',
      headers: headers.decoded.extend({ Vary: headers.negotiated.shape.Vary }),
      content: answersOf(endpoints.DecodeVinValuesBatch?.[1] ?? z.never()),
    },
    400: refused(problems.invalidParameter, problems.badRequest),
    413: tooLarge,
    415: unsupportedMediaType,
    503: unavailable,
    ...always,
  },
};

const notPublished = [...unpublished].map(([path, what]): [string, ZodOpenApiPathItemObject] => [
  path,
  {
    get: {
      tags,
      operationId: `vpic${path.slice(1)}`,
      summary: `Not available: ${what} are not published`,
      responses: {
        501: refusal("NHTSA's own API has them.", [problems.notInPublishedData]),
        ...always,
      },
    },
  },
]);

export const vpicPaths: ZodOpenApiPathsObject = Object.fromEntries(
  [...decodePaths, ['/DecodeVinValuesBatch', { post: batch }] as const, ...listPaths, ...notPublished].map(
    ([path, item]) => [BASE + path, item],
  ),
);
