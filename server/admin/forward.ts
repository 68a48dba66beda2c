/** Passes a request on to the process of the admin pages, and its answer back. */

import { request as send } from 'node:http';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type Response } from 'express';
import type { Principal } from '../auth/principal.ts';
import { timely } from '../http/body.ts';
import { unavailable } from '../problem.ts';

/** Names the subject to the process, which believes it because nobody else reaches its socket. Percent-encoded: headers are ASCII. */
export const SUBJECT_HEADER = 'x-mvp-platform-subject';

/** Of one connection, not of the message (RFC 9110, 7.6.1), and what the process has no business with. */
const NOT_PASSED_ON = [
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'transfer-encoding',
  'content-length',
  'expect',
  'authorization',
  'cookie',
  SUBJECT_HEADER,
];

/** Longer than any statement may take (30 s): the process answers before. */
const PATIENCE_MS = 60_000;

/** Several times the longest request that anybody writes by hand, and introspection. */
export const BODY_LIMIT = 100_000;

/** @throws what the error handler makes a 413 of, for a body that is too long; Problem 503 when the process is gone before it answers */
export async function forward(
  req: Request,
  res: Response,
  socketPath: string,
  { subject }: Principal,
): Promise<void> {
  // Whole, and in one piece: an answer may come, and the connection be closed, while the rest of a body is still being written.
  const body = await bodyOf(req, res);
  const headers = Object.fromEntries(
    Object.entries(req.headers).filter(([name]) => !NOT_PASSED_ON.includes(name)),
  );
  const call = send({
    socketPath,
    // A kept connection may be closed by the process just when it is used again; a new one costs nothing on this machine.
    agent: false,
    method: req.method,
    path: req.originalUrl,
    headers: {
      ...headers,
      'content-length': body.byteLength,
      [SUBJECT_HEADER]: encodeURIComponent(subject),
    },
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
    call.end(body);
    await answered;
  } catch (error) {
    if (res.headersSent || res.closed) res.destroy();
    else throw unavailable('the admin pages did not answer; try again shortly', 5, error);
  }
}

const readWhole = timely(express.raw({ type: () => true, limit: BODY_LIMIT, inflate: false }));

async function bodyOf(req: Request, res: Response): Promise<Buffer> {
  await new Promise<void>((resolve, reject) => {
    readWhole(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
  return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
}
