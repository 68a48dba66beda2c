/** Query parameters against a zod schema; what does not fit is a 400 that names the parameter and the reason. */

import { z } from 'zod';
import type { ZodOpenApiOverrideMeta } from 'zod-openapi';
import { Problem } from '../problem.ts';
import { inOneLine, listed } from './reasons.ts';

/** Longest text parameter, in characters: several times the longest make or model name. */
const LONGEST_TEXT = 200;

/**
 * A text parameter. Express gives a parameter that occurs twice as an array, which is the only way it can be no
 * string. U+0000 is refused because PostgreSQL's text cannot hold it.
 */
export const text = z
  .string({ error: 'is given more than once' })
  .trim()
  .max(LONGEST_TEXT, { error: `is longer than ${LONGEST_TEXT} characters` })
  .refine((value) => !value.includes('\0'), { error: 'contains the character U+0000' });

/**
 * How a number in an address is described: to zod it is a text, to clients a number. For `.meta()`.
 *
 * @param bounds what is accepted, both included
 */
export function describedAsInteger(bounds: { minimum: number; maximum: number }): {
  override: ZodOpenApiOverrideMeta;
} {
  return {
    override: ({ jsonSchema }) => {
      // A pattern is about texts.
      delete jsonSchema.pattern;
      Object.assign(jsonSchema, { type: 'integer', ...bounds });
    },
  };
}

/** A model year of four digits. */
export const year = z
  .string({ error: 'is given more than once' })
  .regex(/^[0-9]{4}$/, { error: 'is not a year of four digits' })
  .transform(Number)
  .meta({
    description: 'Model year, four digits.',
    param: { example: 2003 },
    ...describedAsInteger({ minimum: 1000, maximum: 9999 }),
  });

/**
 * The query as the schema's type. A parameter without a value (`?year=`) counts as absent, as a form with an empty
 * field means it.
 *
 * @throws Problem 400 `invalid-parameter`, with `problems: [{ parameter, reason }]`, a hundred at most, and `allowed`, the names
 */
export function parseQuery<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict | z.core.$strip>,
  query: Readonly<Record<string, unknown>>,
): z.output<typeof schema> {
  const allowed = Object.keys(schema.shape);
  const present = Object.entries(query).filter(
    ([name, value]) => !(allowed.includes(name) && typeof value === 'string' && value.trim() === ''),
  );
  const result = schema.safeParse(Object.fromEntries(present));
  if (result.success) return result.data;

  const problems = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((parameter) => ({ parameter, reason: 'is not a parameter of this resource' }))
      : [{ parameter: issue.path.join('.'), reason: issue.message }],
  );
  const named = problems.map(({ parameter, reason }) => `"${parameter.slice(0, LONGEST_TEXT)}" ${reason}`);
  throw new Problem({
    status: 400,
    slug: 'invalid-parameter',
    title: 'A query parameter is not valid',
    detail: `${inOneLine(named)}. Allowed are: ${allowed.join(', ')}`,
    extensions: { problems: listed(problems), allowed },
  });
}
