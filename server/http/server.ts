/** The HTTP server with the limits that suit streams and keep slow clients from holding on to it. */

import { createServer, type RequestListener, type Server } from 'node:http';
import { refuseUnreadable } from './unreadable.ts';

export interface ServerLimits {
  /** Connections at most; more are closed as they come. */
  maxConnections: number;
  /** Milliseconds for the headers of a request to be there, counted from its first byte. */
  headersMs: number;
  /** Milliseconds between two looks at who is late. */
  checkMs: number;
  /** Milliseconds that a connection stays open after an answer, for the next request. */
  keepAliveMs: number;
  /** Milliseconds without a byte in either direction after which a connection is closed, whatever it is about. */
  idleMs: number;
}

export const serverLimits: ServerLimits = {
  maxConnections: 10_000,
  // They come in one packet or two. Node allows a minute, in which who sends a byte a second holds a connection.
  headersMs: 15_000,
  checkMs: 5_000,
  // Longer than the 60 seconds of the usual load balancers: who closes first must be the one that sends, or its next
  // request meets a closed connection and becomes a 502.
  keepAliveMs: 75_000,
  // Also of a client that stopped reading a stream.
  idleMs: 120_000,
};

/** Node's own limit is 16 kB; a token of several times a token's size gets our 401 instead. */
const HEADERS_BYTES = 64 * 1024;

/**
 * Node cuts a request off that takes longer than five minutes to arrive. A list of a hundred million VINs takes hours
 * and is none the worse for it, so there is no such limit here, only that something must move; bodies that are read as a
 * whole have a limit of their own (body.ts), and streams a number of places (load.ts).
 */
export function createHttpServer(app: RequestListener, limits: Partial<ServerLimits> = {}): Server {
  const { maxConnections, headersMs, checkMs, keepAliveMs, idleMs } = { ...serverLimits, ...limits };
  const server = createServer(
    {
      requestTimeout: 0,
      headersTimeout: headersMs,
      connectionsCheckingInterval: checkMs,
      keepAliveTimeout: keepAliveMs,
      maxHeaderSize: HEADERS_BYTES,
    },
    app,
  );
  server.on('clientError', refuseUnreadable);
  // An expectation that nobody knows: Node's 417 is a bare line, and HTTP lets a server pass it over (RFC 9110, 10.1.1).
  server.on('checkExpectation', app);
  server.setTimeout(idleMs);
  server.maxConnections = maxConnections;
  return server;
}
