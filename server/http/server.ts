/** The HTTP server with the time limits that suit streams. */

import { createServer, type RequestListener, type Server } from 'node:http';

/** A connection on which nothing moves for so long is closed: also one whose client stopped reading a stream. */
const IDLE_MS = 120_000;

/** Node's own limit is 16 kB, and its 431 a bare line; a token of several times a token's size gets our 401 instead. */
const HEADERS_BYTES = 64 * 1024;

/**
 * Node cuts a request off that takes longer than five minutes to arrive. A list of a hundred million VINs takes hours
 * and is none the worse for it, so there is no such limit here, only that something must move. The price: a client that
 * sends a byte now and then keeps its connection; headers still have to be there within Node's minute.
 */
export function createHttpServer(app: RequestListener): Server {
  const server = createServer({ requestTimeout: 0, maxHeaderSize: HEADERS_BYTES }, app);
  server.setTimeout(IDLE_MS);
  return server;
}
