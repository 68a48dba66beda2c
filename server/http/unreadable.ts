/** What is no request at all: refused on the bare connection, and by a problem document like everything else. */

import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { codeOf } from '../failure.ts';
import { badRequest, Problem } from '../problem.ts';

/** As Node keeps it; its types know less. */
interface Connection extends Duplex {
  /** The answer under way. */
  _httpMessage?: { _headerSent?: boolean } | null;
}

/** For the event `clientError` of a server. Nothing of a request was understood, so it is in no log and has no id. */
export function refuseUnreadable(error: Error, connection: Duplex): void {
  // Into an answer that is under way nothing can be written, and nobody reads what goes to a connection that is gone.
  const isMidway = (connection as Connection)._httpMessage?._headerSent === true;
  if (connection.writable && !isMidway) connection.write(answerTo(error));
  connection.destroy(error);
}

function answerTo(error: Error): string {
  const problem = problemOf(error);
  const body = JSON.stringify(problem.toDocument());
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

function problemOf(error: Error): Problem {
  switch (codeOf(error)) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem({
        status: 431,
        slug: 'headers-too-large',
        detail: 'the address and the headers of the request are longer than 64 kB',
      });
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new Problem({
        status: 413,
        slug: 'too-large',
        detail: 'the chunks of the request body have too long extensions',
      });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem({
        status: 408,
        slug: 'request-timeout',
        detail: 'the headers of the request did not arrive in time',
      });
    default:
      return badRequest('this cannot be read as an HTTP request');
  }
}
