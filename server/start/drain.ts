/** The end of serving: nobody who was let in is turned out, up to a limit. */

import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Traffic } from '../http/traffic.ts';

export interface DrainOptions {
  traffic: Traffic;
  /** Milliseconds in which `/health/ready` says no and everything else goes on: load balancers need them to look away. */
  delayMs: number;
  /** Milliseconds for requests under way, from then on; a streamed list that takes longer is cut off. */
  timeoutMs: number;
}

/**
 * Milliseconds in which clients on open connections learn, by an answer with `Connection: close`, that theirs is the last.
 * A connection that is closed between two requests looks to its client as if the second had failed; busy clients ask more
 * often than this.
 */
const FAREWELL_MS = 250;

/** Milliseconds between two looks for connections that became idle: a stream had no chance to say that it is the last. */
const SWEEP_MS = 100;

/** Stops accepting, lets the requests under way end, then closes every connection. */
export async function drain(server: Server, { traffic, delayMs, timeoutMs }: DrainOptions): Promise<void> {
  if (!server.listening) return;
  traffic.close();
  const isAlone = (await connectionsOf(server)) === 0;
  await sleep(Math.max(delayMs, isAlone ? 0 : FAREWELL_MS));
  // Closes connections that are idle now, as well.
  const closed = new Promise((resolve) => server.close(resolve));
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const deadline = setTimeout(() => server.closeAllConnections(), timeoutMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.getConnections((_error, count) => resolve(count ?? 0));
  });
}
