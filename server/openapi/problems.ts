/** What goes wrong, as clients see it: one schema a slug (server/problem.ts), told apart by `error`. */

import { z } from 'zod';
import { problem, requestId } from './problem.ts';
import { checkDigit } from './schemas/decode.ts';

const hint = z.string().optional().meta({ description: 'What to do about it.' });

const reason = z.string().meta({ description: 'A clause: what is wrong with it.' });

const allowed = z.array(z.string()).meta({ description: 'The names that are known here.' });

export const invalidVin = problem(
  {
    status: 400,
    slug: 'invalid-vin',
    title: 'This cannot be a VIN',
    description: 'A text that is not 17 characters of A-Z without I, O and Q, and 0-9.',
    detail: 'position 17: O is never used in a VIN; 1 or 0 is meant',
  },
  {
    problems: z
      .array(
        z.strictObject({
          position: z
            .int()
            .min(1)
            .nullable()
            .meta({ description: 'From 1; null where the length is wrong.' }),
          character: z.string().nullable().meta({ description: 'What stands there.' }),
          reason,
        }),
      )
      .min(1)
      .meta({ description: 'Every reason: the length first, then the characters of the first 40.' }),
  },
);

export const invalidParameter = problem(
  {
    status: 400,
    slug: 'invalid-parameter',
    title: 'A query parameter is not valid',
    description: 'A parameter that is not known here, is given twice, or has a value that it cannot have.',
    detail: '"year" is not a year of four digits. Allowed are: year, vehicleType',
  },
  { problems: z.array(z.strictObject({ parameter: z.string(), reason })).min(1), allowed },
);

export const badRequest = problem(
  {
    status: 400,
    slug: 'bad-request',
    title: 'The request is not valid',
    description:
      'What has no better name: JSON that is none, an address that is not UTF-8, a format that there is not.',
    detail: 'the request body is not valid JSON',
  },
  { hint },
);

export const invalidList = problem(
  {
    status: 400,
    slug: 'invalid-body',
    id: 'invalid-list',
    title: 'The request body is not valid',
    description: 'A list of VINs with entries that cannot be read.',
    detail: 'entry 3 is neither a text nor an object with "vin"',
  },
  {
    problems: z
      .array(
        z.strictObject({
          index: z.int().min(0).nullable().meta({ description: 'From 0; null for the body itself.' }),
          reason,
        }),
      )
      .min(1),
  },
);

export const invalidVehicle = problem(
  {
    status: 400,
    slug: 'invalid-body',
    id: 'invalid-vehicle',
    title: 'The request body is not valid',
    description: 'A vehicle with members that cannot be set, or with values that they cannot have.',
    detail: '"year" is not a whole number',
  },
  {
    problems: z
      .array(
        z.strictObject({
          member: z.string().nullable().meta({ description: 'Null for the body itself.' }),
          reason,
        }),
      )
      .min(1),
    allowed,
  },
);

/** One line of a stream, in the place of its decode. It has no request id: the response's header does. */
export const invalidLine = problem(
  {
    status: 400,
    slug: 'invalid-line',
    title: 'This line cannot be decoded',
    description: 'Stands in a stream where the decode of the line would.',
    detail: 'line 7 is not valid JSON',
  },
  { line: z.int().min(1).meta({ description: 'From 1, blank lines counted.' }) },
)
  .omit({ requestId: true })
  .meta({ id: 'problem-invalid-line' });

/** The last line of a stream whose decode failed on the way. */
export const cutOff = z
  .looseObject({ status: z.int().min(500), error: z.string(), detail: z.string() })
  .meta({ id: 'problem-cut-off', description: 'The last line of a stream that failed on the way.' });

export const unauthorized = problem(
  {
    status: 401,
    slug: 'unauthorized',
    title: 'A token is needed',
    description: 'There is no token, or the service takes none.',
    detail: 'send a token in the header "Authorization: Bearer …"',
  },
  {},
);

export const invalidToken = problem(
  {
    status: 401,
    slug: 'invalid-token',
    title: 'The token is not accepted',
    description: 'A token that is malformed, expired, not for this service, or not signed with its key.',
    detail: 'the token has expired',
  },
  {},
);

export const notFound = problem(
  {
    status: 404,
    slug: 'not-found',
    title: 'Not found',
    description: 'The data, or the user, has nothing of this name or id.',
    detail: 'unknown make "NOSUCHMAKE"',
  },
  { hint },
);

export const conflict = problem(
  {
    status: 409,
    slug: 'conflict',
    title: 'Conflict',
    description: 'The user has another vehicle with this VIN.',
    detail: 'you already have a vehicle with the VIN 1HGCM82633A004352',
  },
  { hint },
);

export const tooLarge = problem(
  {
    status: 413,
    slug: 'too-large',
    title: 'Payload Too Large',
    description: 'A request body of more than 256 KiB.',
    detail: 'the request body is too large',
  },
  {},
);

export const unsupportedMediaType = problem(
  {
    status: 415,
    slug: 'unsupported-media-type',
    title: 'Unsupported Media Type',
    description: 'A request body of another media type, or compressed where it must not be.',
    detail: 'the request body must be application/json',
  },
  {},
);

export const tooManyRequests = problem(
  {
    status: 429,
    slug: 'too-many-requests',
    title: 'Too Many Requests',
    description: 'More than the quota allows, where the service has one.',
    detail: 'there were too many requests from here; try again in 12 seconds',
  },
  {},
);

export const notInPublishedData = problem(
  {
    status: 501,
    slug: 'not-in-published-data',
    title: 'Not in the published vPIC database',
    description: "What NHTSA's own API answers from databases that it does not publish.",
    detail: "the published vPIC database does not hold equipment plant codes; NHTSA's own API does",
  },
  {},
);

const away = {
  status: 503,
  slug: 'unavailable',
  title: 'Temporarily unavailable',
  description: 'A database, or what a token is checked with, does not answer, or no data is published yet.',
  detail: 'the vehicle database cannot be reached at the moment; try again shortly',
};

export const unavailable = problem(away, { hint });

const partial = z
  .looseObject({
    vin: z.string(),
    valid: z.boolean().meta({ description: 'Whether the check digit is right.' }),
    checkDigit,
    wmi: z.string().meta({ description: 'World manufacturer identifier.' }),
    descriptor: z.string(),
    modelYears: z.array(z.int()).meta({ description: 'What position 10 can stand for, the later first.' }),
    modelYearIfLight: z
      .int()
      .nullable()
      .meta({ description: 'The one of them that it is for a passenger car, MPV or light truck.' }),
  })
  .meta({ id: 'PartialDecode', description: 'What the VIN says without the database.' });

/** Of a decode: a VIN says some things by itself. */
export const undecodable = problem(
  { ...away, id: 'unavailable-decode' },
  { hint, partial: partial.optional() },
);

export const overloaded = problem(
  {
    status: 503,
    slug: 'overloaded',
    title: 'Overloaded',
    description: 'More requests at once than the service takes on.',
    detail: 'the service is working on as many requests as it can; try again shortly',
  },
  {},
);

/** Whatever else goes wrong: of its kind only the common members are known. */
export const other = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    error: z.string(),
    message: z.string(),
    requestId,
  })
  .meta({
    id: 'problem',
    description: 'The members that every problem document has (RFC 9457); each kind may add some.',
  });
