/** The contract as a client of the service: what a test asks through it is judged by the way. */

import { openApiDocument } from '../../server/openapi/document.ts';
import { Contract } from './contract.ts';

/** Asks for a path of a service. */
type Ask = (path: string, init?: RequestInit) => Promise<Response>;

let shared: Contract | undefined;

/** The contract of the program; one for all tests of a file. */
export function contract(): Contract {
  shared ??= new Contract(openApiDocument('test'));
  return shared;
}

/**
 * The same client; it rejects where an answer is none that the OpenAPI document describes. Of a stream only the headers
 * are judged: a test may want to look at its lines while they come.
 */
export function watched(ask: Ask, judge: Contract = contract()): Ask {
  return async (path, init) => {
    const reply = await ask(path, init);
    const isStream = reply.headers.get('content-type')?.startsWith('application/x-ndjson') === true;
    const body = isStream ? null : await reply.clone().text();
    const complaints = judge.complaintsAbout({ method: init?.method ?? 'GET', path }, reply, body);
    if (complaints.length === 0) return reply;
    throw new Error(`not as documented: ${path.slice(0, 200)}\n${complaints.join('\n')}`);
  };
}
