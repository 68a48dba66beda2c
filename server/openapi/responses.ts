/** Responses that many operations share. */

import { z } from 'zod';
import type { ZodOpenApiMediaTypeObject, ZodOpenApiResponseObject } from 'zod-openapi';
import * as headers from './headers.ts';
import * as problems from './problems.ts';

type ProblemSchema = z.ZodObject;

const MEDIA_TYPE = 'application/problem+json';

/** A response with one problem document of those that are possible there. */
export function refusal(
  description: string,
  possible: readonly [ProblemSchema, ...ProblemSchema[]],
  its: z.ZodObject = headers.uncached,
): ZodOpenApiResponseObject {
  const [only, ...others] = possible;
  const schema = others.length === 0 ? only : z.discriminatedUnion('error', [only, ...others]);
  return { description, headers: its, content: { [MEDIA_TYPE]: { schema } } };
}

/** 400. */
export function refused(...possible: [ProblemSchema, ...ProblemSchema[]]): ZodOpenApiResponseObject {
  return refusal(
    'The request is not valid; `problems` names each reason, where there are several.',
    possible,
  );
}

/** A JSON body with an example. */
export function json(schema: z.ZodType, example: unknown): Record<string, ZodOpenApiMediaTypeObject> {
  return { 'application/json': { schema, example } };
}

export const notModified: ZodOpenApiResponseObject = {
  id: 'NotModified',
  description: '`If-None-Match` has the ETag: the client has the answer already.',
  headers: headers.cached,
};

export const notFound = refusal('There is no such thing.', [problems.notFound]);

export const unavailable: ZodOpenApiResponseObject = {
  ...refusal(
    'Away at the moment, and nothing is cached.',
    [problems.unavailable, problems.overloaded],
    headers.retry,
  ),
  id: 'Unavailable',
};

export const tooLarge: ZodOpenApiResponseObject = {
  ...refusal('The request body is too large.', [problems.tooLarge]),
  id: 'TooLarge',
};

export const unsupportedMediaType: ZodOpenApiResponseObject = {
  ...refusal(
    'The request body has another media type.',
    [problems.unsupportedMediaType],
    headers.unsupported,
  ),
  id: 'UnsupportedMediaType',
};

export const unauthorized: ZodOpenApiResponseObject = {
  ...refusal(
    'There is no token, or none that is accepted.',
    [problems.unauthorized, problems.invalidToken],
    headers.unauthorized,
  ),
  id: 'Unauthorized',
};

const tooManyRequests: ZodOpenApiResponseObject = {
  ...refusal(
    'Too many requests; `Retry-After` says when to go on.',
    [problems.tooManyRequests],
    headers.limited,
  ),
  id: 'TooManyRequests',
};

const anythingElse: ZodOpenApiResponseObject = {
  id: 'Problem',
  description:
    "Anything else is a problem document, too: 500 `internal-error` for a fault of the service's own, whose request id leads to the cause in its log.",
  headers: z.object({}),
  content: { [MEDIA_TYPE]: { schema: problems.other } },
};

/** What any operation may answer. */
export const always = { 429: tooManyRequests, default: anythingElse };
