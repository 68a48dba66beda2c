/** What still comes of a request when its answer is out: nobody reads it, and nobody waits for it without end. */

import type { IncomingMessage } from 'node:http';

/** Milliseconds: a client that sends in earnest reads the refusal and stops, or is through with a body of the largest size. */
const PATIENCE_MS = 20_000;

/**
 * Closes the connection of a request whose body does not end. Node would throw away whatever comes for as long as something
 * does: a byte a minute, or gigabytes. Closing at once would reset the connection before the client has read why.
 */
export function endRest(req: IncomingMessage, ms = PATIENCE_MS): void {
  const timer = setTimeout(() => req.socket.destroy(), ms).unref();
  req.once('close', () => clearTimeout(timer));
}
