/** What clients of the vPIC API send: any case, unknown parameters ignored. */

import type { Request } from 'express';
import { z } from 'zod';
import { describedAsInteger, parseQuery } from '../http/validate.ts';
import { badRequest } from '../problem.ts';

/** Longest text that is decoded, in characters; beyond it there is no VIN to be found, only work. */
const LONGEST_VIN = 1000;

/** Longest name that is searched for, in characters: several times the longest of a manufacturer. */
const LONGEST_NAME = 500;

/** A name, or part of one. Not trimmed: the answer repeats it. U+0000 is what PostgreSQL's text cannot hold. */
export const optionalName = z
  .string({ error: 'is given more than once' })
  .max(LONGEST_NAME, { error: `is longer than ${LONGEST_NAME} characters` })
  .refine((value) => !value.includes('\0'), { error: 'contains the character U+0000' })
  .meta({ description: 'A name in any case, or part of one.' })
  .optional();

/** A name that is looked for even when it is blank: nothing is called so. */
export const name = optionalName.default('');

/** An id; those of the data have five digits. */
export const id = z
  .string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'is given more than once') })
  .regex(/^[0-9]{1,9}$/, { error: 'is not an id' })
  .transform(Number)
  .meta({ description: 'An id.', ...describedAsInteger({ minimum: 0, maximum: 999_999_999 }) });

/** A model year, of any number of digits up to four: `0` and `42` are years without vehicles. */
export const modelYear = z
  .string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'is given more than once') })
  .regex(/^[0-9]{1,4}$/, { error: 'is not a year' })
  .transform(Number)
  .meta({
    description: 'Model year.',
    param: { example: 2003 },
    ...describedAsInteger({ minimum: 0, maximum: 9999 }),
  });

export const format = z
  .string({ error: 'is given more than once' })
  .trim()
  .toLowerCase()
  .meta({
    description: 'Format of the answer. Without it what `Accept` prefers of the three, else XML.',
    param: { example: 'json' },
    override: { enum: ['json', 'xml', 'csv'] },
  })
  .optional();

/** The page of a list, from 1. */
export const page = id.meta({ description: 'Page of 100, from 1.', param: { example: 1 } }).optional();

/**
 * Parameters as the schema's type; those it does not know are ignored.
 *
 * @param named in any case, as in a query
 * @param placed of the path, which win
 * @throws Problem 400 `invalid-parameter`
 */
export function parametersOf<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strip>,
  named: Readonly<Record<string, unknown>>,
  placed: Readonly<Record<string, unknown>> = {},
): z.output<typeof schema> {
  const lowered = Object.entries(named).map(([parameter, value]) => [parameter.toLowerCase(), value]);
  return parseQuery(schema, { ...Object.fromEntries(lowered), ...placed });
}

/** The VIN of a decode. It is optional: no text is a text too, and is decoded as one ("6 - Incomplete VIN"). */
export function vinOf({ params }: Pick<Request, 'params'>): string {
  const vin = String(params.vin ?? '');
  refuseUnreadable(vin);
  return vin;
}

/** @throws Problem 400 for a text that cannot be decoded */
export function refuseUnreadable(vin: string): void {
  if (vin.length > LONGEST_VIN) throw badRequest(`the VIN is longer than ${LONGEST_VIN} characters`);
  // PostgreSQL's text cannot hold it.
  if (vin.includes('\0')) throw badRequest('the VIN contains the character U+0000');
}
