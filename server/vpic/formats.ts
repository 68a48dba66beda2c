/** Which format a client of the vPIC API gets, and how it is made. */

import type { Request, Response } from 'express';
import { badRequest } from '../problem.ts';
import { renderCsv } from './csv.ts';
import type { Envelope, Layout } from './envelope.ts';
import { renderJson } from './json.ts';
import { renderXml } from './xml.ts';

export interface Format {
  readonly name: 'json' | 'xml' | 'csv';
  readonly mediaType: string;
  readonly render: (envelope: Envelope, layout: Layout) => string;
}

const json: Format = { name: 'json', mediaType: 'application/json; charset=utf-8', render: renderJson };
const xml: Format = { name: 'xml', mediaType: 'application/xml; charset=utf-8', render: renderXml };
const csv: Format = { name: 'csv', mediaType: 'text/csv; charset=utf-8', render: renderCsv };

const formats: ReadonlyMap<string, Format> = new Map([json, xml, csv].map((format) => [format.name, format]));

/** Without `format`: what the client accepts, XML first, which is the public API's own choice. */
const accepted: ReadonlyMap<string, Format> = new Map([
  ['application/xml', xml],
  ['text/xml', xml],
  ['application/json', json],
  ['text/csv', csv],
]);

/**
 * The format of an answer.
 *
 * @param asked the parameter `format`, in lower case; undefined or empty when it is not given
 * @throws Problem 400 for a format that there is not
 */
export function formatOf(req: Request, res: Response, asked: string | undefined): Format {
  if (asked) {
    const format = formats.get(asked);
    if (format === undefined) throw badRequest('format must be json, xml or csv');
    return format;
  }
  res.vary('Accept');
  return accepted.get(req.accepts([...accepted.keys()]) || '') ?? xml;
}
