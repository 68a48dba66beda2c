/**
 * `POST /api/vehicles/decode`: many VINs in one request. As JSON up to a thousand of them, answered as a whole; as
 * NDJSON without limit, answered line by line while the request is still being read.
 */

import { pipeline } from 'node:stream/promises';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import type { Decoder } from '../decode/decoder.ts';
import { concatenate, type DecodedLines, decodeLines } from '../decode/stream.ts';
import { reasonAgainst, vinEntry, vinEntryOf } from '../decode/vin-entry.ts';
import { type Allowance, unlimited } from '../http/allowance.ts';
import { parseJson } from '../http/body.ts';
import type { Guards } from '../http/guards.ts';
import { inOneLine } from '../http/reasons.ts';
import { postOnly } from '../http/resource.ts';
import { inTime } from '../in-time.ts';
import { Problem, unavailable } from '../problem.ts';

const MOST = 1000;

const NDJSON = 'application/x-ndjson';

/** Milliseconds for a list as JSON, and for the first of a stream: whoever has waited for half a minute is often gone, and what waits so long waits behind many. */
const PATIENCE_MS = 20_000;

/** Batches of one request that are decoded at once: the database works on one while the other is on its way. */
const IN_FLIGHT = 2;

/** The body where it is JSON. */
export const decodeBody = z.strictObject(
  {
    vins: z
      .array(vinEntry, { error: 'is no array' })
      .max(MOST, { error: `has more than ${MOST} entries` })
      .meta({ description: 'What to decode, in the order of the answer.' }),
  },
  { error: ({ code }) => (code === 'invalid_type' ? 'is no object with "vins"' : 'has more than "vins"') },
);

/** The route that decodes many VINs. */
export function decodeManyRoutes(
  decoder: Pick<Decoder, 'many'>,
  { allowance, streams }: Pick<Guards, 'allowance' | 'streams'>,
  patienceMs = PATIENCE_MS,
): Router {
  const router = express.Router();
  postOnly(
    router,
    '/decode',
    async (req, res, next) => {
      if (req.is(NDJSON) !== NDJSON) return next();
      const inItsTurn = paced(prompt(decoder, patienceMs), allowance, req, res);
      await streams.during(() => decodeStream(req, res, inItsTurn));
    },
    onlyJson,
    parseJson,
    async (req, res) => {
      const entries = entriesOf(req.body);
      await allowance.take(req, res, entries.length);
      const { texts, version } = await inTime(decoder.many(entries), patienceMs, late);
      if (version !== null) res.set('X-Data-Version', version);
      res
        .set('Cache-Control', 'no-store')
        .type('json')
        .send(concatenate(texts, '{"results":[', ',', ']}'));
    },
  );
  return router;
}

const late = (): Problem =>
  unavailable('the vehicle database could not answer a list of that length in time; try again shortly', 5);

const onlyJson: RequestHandler = (req, _res, next) => {
  // `is` answers null without a body; the schema then says what is missing.
  if (req.is('application/json') !== false) return next();
  throw unsupported(`the request body must be application/json or ${NDJSON}`);
};

function unsupported(detail: string): Problem {
  return new Problem({
    status: 415,
    slug: 'unsupported-media-type',
    detail,
    headers: { Accept: `application/json, ${NDJSON}` },
  });
}

/**
 * The entries of a JSON body. Only the shape is judged: one text that is no VIN must not spoil the other answers,
 * so it is decoded too, to its errors.
 *
 * @throws Problem 400 `invalid-body`, with `problems: [{ index, reason }]`; index is null for the body itself
 */
function entriesOf(body: unknown): ReturnType<typeof vinEntryOf>[] {
  const parsed = decodeBody.safeParse(body ?? {});
  if (parsed.success) return parsed.data.vins.map(vinEntryOf);
  const problems = parsed.error.issues.map((issue) => {
    const [, index, ...within] = issue.path;
    return typeof index === 'number'
      ? { index, reason: reasonAgainst({ ...issue, path: within }) }
      : { index: null, reason: issue.path.length > 0 ? `"vins" ${issue.message}` : issue.message };
  });
  const named = problems.map(({ index, reason }) => (index === null ? reason : `entry ${index} ${reason}`));
  throw new Problem({
    status: 400,
    slug: 'invalid-body',
    title: 'The request body is not valid',
    detail: inOneLine(named),
    extensions: { problems },
  });
}

/**
 * Answers a stream. Before the first line a failure is an ordinary problem document. After it the status is out: the
 * last line then says what happened, and the connection is broken instead of ended, so that no client takes what it
 * has for the whole.
 */
async function decodeStream(req: Request, res: Response, decoder: Pick<Decoder, 'many'>): Promise<void> {
  const encoding = req.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unsupported('an NDJSON body must not be compressed');
  res.status(200).set({ 'Content-Type': NDJSON, 'Cache-Control': 'no-store' });
  try {
    await pipeline(decodeLines(req, decoder, IN_FLIGHT), bytesOf, res, { end: false });
  } catch (error) {
    // The client has gone: there is nobody to tell, and it is no fault.
    if (res.destroyed) return;
    if (res.headersSent) await written(res, lastLineOf(error));
    throw error;
  }
  res.end();
}

/** A decoder for one stream whose first answers come in time or not at all: until then its client has heard nothing. */
function prompt(decoder: Pick<Decoder, 'many'>, patienceMs: number): Pick<Decoder, 'many'> {
  let hasAnswered = false;
  return {
    many: async (entries) => {
      if (hasAnswered) return decoder.many(entries);
      const decodes = await inTime(decoder.many(entries), patienceMs, late);
      hasAnswered = true;
      return decodes;
    },
  };
}

/** A decoder for one stream that gives it no more than its client may have. */
function paced(
  decoder: Pick<Decoder, 'many'>,
  allowance: Allowance,
  req: Request,
  res: Response,
): Pick<Decoder, 'many'> {
  if (allowance === unlimited) return decoder;
  return {
    many: async (entries) => {
      await allowance.await(req, res, entries.length);
      return decoder.many(entries);
    },
  };
}

async function* bytesOf(chunks: AsyncIterable<DecodedLines>): AsyncGenerator<Buffer> {
  for await (const { bytes } of chunks) yield bytes;
}

function lastLineOf(error: unknown): string {
  const problem =
    error instanceof Problem
      ? error
      : new Problem({
          status: 500,
          slug: 'internal-error',
          detail: 'the service failed to decode this and the following lines',
        });
  return `${JSON.stringify(problem.toDocument())}\n`;
}

/** Resolves when the operating system has the text, or when the connection is gone. */
function written(res: Response, text: string): Promise<void> {
  return new Promise((resolve) => {
    res.once('close', resolve);
    res.write(text, () => resolve());
  });
}
