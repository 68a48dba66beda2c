/** Requests that a client sends before it has the answers to the ones before. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Waiting behind another on one connection, at most. Node reads on for as long as the answers fit into a buffer, 1,500 requests in
 * one packet; who then reads no answer has all of them under way for two minutes. No browser and no proxy does it at all.
 */
const MOST = 32;

const waiting = new WeakMap<Socket, number>();

/**
 * Whether a request may wait for its turn on its connection; its answer has no socket until then.
 * A client asks again for what a closed connection did not answer (RFC 9112, 9.3.2).
 */
export function mayWait({ socket }: IncomingMessage, res: ServerResponse): boolean {
  const before = waiting.get(socket) ?? 0;
  if (before >= MOST) return false;
  waiting.set(socket, before + 1);
  const go = (): void => {
    waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
    res.off('socket', go).off('close', go);
  };
  res.on('socket', go).on('close', go);
  return true;
}
