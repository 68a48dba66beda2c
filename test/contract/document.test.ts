/** The OpenAPI document itself: well-formed, and its examples true to its schemas. */

import { Validator } from '@seriousme/openapi-schema-validator';
import test from 'ava';
import { z } from 'zod';
import { openApiDocument } from '../../server/openapi/document.ts';
import { at, Contract, escaped } from './contract.ts';

const document = openApiDocument('1.2.3');
const contract = new Contract(document);

test('the document is OpenAPI 3.1', async (t) => {
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  t.true(valid, JSON.stringify(errors));
  t.is(document.info.version, '1.2.3');
});

test('every operation has a name of its own, a summary and a group that is explained', (t) => {
  const operation = z.looseObject({
    operationId: z.string().min(1),
    summary: z.string().min(1),
    tags: z.tuple([z.string()]),
  });
  const found = contract.operations.map(({ method, template }) =>
    operation.parse(at(document, `#/paths/${escaped(template)}/${method.toLowerCase()}`)),
  );
  t.is(new Set(found.map(({ operationId }) => operationId)).size, found.length);
  const groups = new Set(document.tags?.map(({ name }) => name));
  t.true(found.every(({ tags: [group] }) => groups.has(group)));
});

test('examples fit their schemas, in requests and in responses', (t) => {
  const found = examplesIn(JSON.parse(JSON.stringify(document)), '#');
  t.true(found.length > 40, `${found.length} examples`);
  const wrong = found.flatMap(({ pointer, example }) =>
    contract
      .complaintsAboutValue(`${pointer}/schema`, example)
      .map((complaint) => `${pointer}: ${complaint}`),
  );
  t.deepEqual(wrong, []);
});

/** The places that have a schema and an example side by side: parameters, headers and bodies. */
function examplesIn(value: unknown, pointer: string): { pointer: string; example: unknown }[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.entries(value).flatMap(([name, inner]) =>
    name === 'example' ? [] : examplesIn(inner, `${pointer}/${escaped(name)}`),
  );
  return 'schema' in value && 'example' in value ? [{ pointer, example: value.example }, ...within] : within;
}
