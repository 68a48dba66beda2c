/** What a good request says, held against the document as its answer is. */

import { z } from 'zod';
import type { Case } from './cases.ts';
import { at, type Contract, escaped } from './contract.ts';

const operation = z.looseObject({
  parameters: z.array(z.looseObject({ in: z.string(), name: z.string() })).default([]),
});

/** Parameters of the query that are not documented, and what is wrong with a JSON body. Names in any case, as the vPIC API takes them. */
export function undocumentedIn(document: object, judge: Contract, asked: Case): string[] {
  const [method = '', template = ''] = asked.operation.split(' ');
  const pointer = `#/paths/${escaped(template)}/${method.toLowerCase()}`;
  const { parameters } = operation.parse(at(document, pointer));
  const known = parameters.flatMap(({ in: place, name }) => (place === 'query' ? name.toLowerCase() : []));
  const said = [...new URL(asked.path, 'http://localhost').searchParams.keys()];
  const unknown = said.filter((name) => !known.includes(name.toLowerCase()));
  const { body, type = 'application/json' } = asked;
  const isJson = body !== undefined && type === 'application/json';
  const value: unknown = typeof body === 'string' && isJson ? JSON.parse(body) : body;
  const schema = `${pointer}/requestBody/content/${escaped(type)}/schema`;
  return [
    ...unknown.map((name) => `${asked.operation} does not document ${name}`),
    ...(isJson ? judge.complaintsAboutValue(schema, value) : []).map(
      (complaint) => `${asked.operation} ${complaint}`,
    ),
  ];
}
