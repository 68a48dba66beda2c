/** Passes a request on to the process of the admin pages, and its answer back. */

import { request as send } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Principal } from '../auth/principal.ts';
import { Problem, unavailable } from '../problem.ts';

/** Names the subject to the process, which believes it because nobody else reaches its socket. Percent-encoded: headers are ASCII. */
export const SUBJECT_HEADER = 'x-mvp-platform-subject';

/** Of one connection, not of the message (RFC 9110, 7.6.1), and what the process has no business with. */
const NOT_PASSED_ON = [
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'authorization',
  'cookie',
  SUBJECT_HEADER,
];

/** Longer than any statement may take (30 s): the process answers before. */
const PATIENCE_MS = 60_000;

/** Several times the longest request that anybody writes by hand, and introspection. */
export const BODY_LIMIT = 100_000;

/** @throws Problem 413 for a body that says it is too long, 503 when the process is gone before it answers */
export async function forward(
  req: Request,
  res: Response,
  socketPath: string,
  { subject }: Principal,
): Promise<void> {
  // Before it is sent on: who stops reading a body breaks the connection, and its answer is lost.
  if (Number(req.headers['content-length'] ?? 0) > BODY_LIMIT) {
    throw new Problem({
      status: 413,
      slug: 'too-large',
      detail: `the request body is longer than ${BODY_LIMIT} bytes`,
    });
  }
  const headers = Object.fromEntries(
    Object.entries(req.headers).filter(([name]) => !NOT_PASSED_ON.includes(name)),
  );
  const call = send({
    socketPath,
    // A kept connection may be closed by the process just when it is used again; a new one costs nothing on this machine.
    agent: false,
    method: req.method,
    path: req.originalUrl,
    headers: { ...headers, [SUBJECT_HEADER]: encodeURIComponent(subject) },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  // Who goes away needs no answer; the statement ends by its own limit.
  res.once('close', () => call.destroy());
  const answered = new Promise<void>((resolve, reject) => {
    call.once('error', reject);
    call.once('response', (answer) => {
      res.status(answer.statusCode ?? 502);
      for (const [name, value] of Object.entries(answer.headers)) {
        if (value !== undefined && !['connection', 'keep-alive', 'transfer-encoding'].includes(name))
          res.setHeader(name, value);
      }
      pipeline(answer, res).then(resolve, reject);
    });
  });
  try {
    await Promise.all([pipeline(req, call), answered]);
  } catch (error) {
    if (res.headersSent || res.closed) res.destroy();
    else throw unavailable('the admin pages did not answer; try again shortly', 5, error);
  }
}
