/** Of the OpenAPI document what requests are drawn from: parameters, bodies, and values for their schemas. */

import fc, { type Arbitrary } from 'fast-check';
import { z } from 'zod';
import { VIN } from '../../contract/cases.ts';
import { at } from '../../contract/contract.ts';

const schema = z.looseObject({
  $ref: z.string().optional(),
  /** Of several the first is as good as any: null comes by itself. */
  type: z.union([z.string(), z.array(z.string()).transform(([first]) => first)]).optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
});
const parameter = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  schema: z.unknown(),
  example: z.unknown().optional(),
});
const document = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        parameters: z.array(parameter).default([]),
        requestBody: z
          .looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })) })
          .optional(),
        security: z.unknown().optional(),
      }),
    ),
  ),
});

export type Parameter = z.output<typeof parameter>;

export interface Operation {
  readonly method: string;
  /** `/api/vehicles/decode/{vin}` */
  readonly template: string;
  readonly parameters: readonly Parameter[];
  /** Media types that it takes, each with its schema. */
  readonly bodies: ReadonlyMap<string, unknown>;
}

/** Every operation of a service's own document. */
export function operationsOf(served: unknown): Operation[] {
  return Object.entries(document.parse(served).paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody }]) => ({
      method: method.toUpperCase(),
      template,
      parameters,
      bodies: new Map(
        Object.entries(requestBody?.content ?? {}).map(([type, content]) => [type, content.schema]),
      ),
    })),
  );
}

/** What the fixture knows, for whatever is a text. */
const FAMILIAR = [
  VIN,
  '1AA',
  '1AA*',
  'Aster',
  'aster',
  'Bora',
  'Alpha',
  '1',
  '11',
  'car',
  'all',
  'Battery Type',
];

/** A text for a parameter that is what its schema wants. */
export function validText({ schema: of, example }: Parameter): Arbitrary<string> {
  const { type, enum: choices, minimum = 0, maximum = 9_999 } = schema.parse(of);
  const shown = example === undefined ? [] : [fc.constant(String(example))];
  if (choices !== undefined) return fc.constantFrom(...choices.map(String));
  if (type === 'integer') return fc.oneof(...shown, fc.integer({ min: minimum, max: maximum }).map(String));
  return fc.oneof(...shown, fc.constantFrom(...FAMILIAR));
}

/** A text at the edge of what a parameter's schema wants, or a step beyond. */
export function boundaryText({ schema: of }: Parameter): Arbitrary<string> {
  const { type, minimum = 0, maximum = 9_999, maxLength = 200 } = schema.parse(of);
  if (type === 'integer') {
    return fc.constantFrom(
      ...[minimum - 1, minimum, minimum + 1, maximum - 1, maximum, maximum + 1].map(String),
    );
  }
  return fc.constantFrom(0, 1, maxLength - 1, maxLength, maxLength + 1).map((length) => 'a'.repeat(length));
}

/** A value for a schema of a body; one in six of its parts is something else. */
export function valueFor(of: unknown, served: unknown): Arbitrary<unknown> {
  return fc.oneof(
    { weight: 6, arbitrary: fitting(of, served) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  );
}

function fitting(of: unknown, served: unknown): Arbitrary<unknown> {
  const { $ref, type, enum: choices, anyOf, properties, items, ...bounds } = schema.parse(of);
  if ($ref !== undefined) return fitting(at(served, $ref), served);
  if (choices !== undefined) return fc.constantFrom(...choices);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((one) => fitting(one, served)));
  if (properties !== undefined) {
    const members = Object.entries(properties).map(
      ([name, member]) => [name, valueFor(member, served)] as const,
    );
    return fc.record(Object.fromEntries(members), { requiredKeys: [] });
  }
  if (type === 'array') return fc.array(valueFor(items, served), { maxLength: 12 });
  if (type === 'null') return fc.constant(null);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer' || type === 'number') {
    const { minimum = 0, maximum = 1_000_000 } = bounds;
    return fc.oneof(
      fc.integer({ min: minimum, max: maximum }),
      fc.constantFrom(minimum - 1, maximum + 1, 2003, 0.5),
    );
  }
  return fc.constantFrom(...FAMILIAR);
}
