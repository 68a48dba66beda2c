/** Parameters as the document has them, from the schemas that the routes validate with. */

import { z } from 'zod';

/**
 * The parameters of a query. A schema that only makes another one optional says nothing itself, and the document's
 * generator asks no further: here each says what the one within it says.
 */
export function inQuery({ shape }: z.ZodObject): z.ZodObject {
  return mapped(shape, (member) => (member instanceof z.ZodType ? member.meta(metaOf(member)) : member));
}

/** The parameters of a path: what stands in it is there, also where its route could do without. */
export function inPath({ shape }: z.ZodObject): z.ZodObject {
  return mapped(shape, innermost);
}

/** What a schema says about itself; where it only makes another one optional, what that one says. */
export function metaOf(schema: z.core.$ZodType): z.GlobalMeta {
  const { description, examples, param } = z.globalRegistry.get(innermost(schema)) ?? {};
  return { ...(description && { description }), ...(examples && { examples }), ...(param && { param }) };
}

function mapped(shape: z.core.$ZodShape, change: (member: z.core.$ZodType) => z.core.$ZodType): z.ZodObject {
  const members = Object.entries(shape).map(([name, member]) => [name, change(member)] as const);
  return z.object(Object.fromEntries(members));
}

function innermost(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapper = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
  return isWrapper ? innermost(schema.unwrap()) : schema;
}
