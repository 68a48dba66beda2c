/** Lines of VINs in, lines of JSON out: the pipeline of `POST /api/vehicles/decode` and of `decode --file`. */

import { pMapIterable } from 'p-map';
import { Problem } from '../problem.ts';
import type { JsonText } from './batch.ts';
import type { Decoder } from './decoder.ts';
import { batchesOf, type Line } from './lines.ts';

/** As many VINs as one call of the database gets: enough to make the way there cheap; about a megabyte of answers. */
const BATCH = 250;

/** Some lines of the output. */
export interface DecodedLines {
  /** The lines, each with its line feed. */
  readonly bytes: Buffer;
  readonly lines: number;
  /** How many of them say why a line could not be decoded. */
  readonly refused: number;
}

/**
 * Decodes a stream of lines: one line out for every line in that is not blank, in the same order. A line that cannot
 * be read as a VIN gives a problem document with its line number, and the stream goes on.
 *
 * Memory is bounded: `inFlight` batches are being decoded or wait to be read. A slow reader of the result thereby
 * slows down the database and the reading of the source.
 *
 * @throws Problem, as the stream's error, when the database cannot answer
 */
export function decodeLines(
  source: AsyncIterable<Uint8Array>,
  decoder: Pick<Decoder, 'many'>,
  inFlight: number,
): AsyncIterable<DecodedLines> {
  return pMapIterable(batchesOf(source, BATCH), (lines) => decodeBatch(lines, decoder), {
    concurrency: inFlight,
    backpressure: inFlight,
  });
}

async function decodeBatch(lines: readonly Line[], decoder: Pick<Decoder, 'many'>): Promise<DecodedLines> {
  const { texts } = await decoder.many(lines.flatMap(({ entry }) => entry ?? []));
  let next = 0;
  const all = lines.map((line): JsonText => {
    const text = line.entry === null ? undefined : texts[next++];
    return text ?? problemLine(line);
  });
  return { bytes: concatenate(all, '', '\n', '\n'), lines: lines.length, refused: lines.length - next };
}

function problemLine({ number, reason }: Line): JsonText {
  const problem = new Problem({
    status: 400,
    slug: 'invalid-line',
    title: 'This line cannot be decoded',
    detail: `line ${number} ${reason}`,
    extensions: { line: number },
  });
  return { head: '', body: Buffer.from(JSON.stringify(problem.toDocument())) };
}

/** The texts in one buffer, with ASCII before, between and behind them. */
export function concatenate(
  texts: readonly JsonText[],
  before: string,
  between: string,
  behind: string,
): Buffer {
  let length = before.length + between.length * Math.max(texts.length - 1, 0) + behind.length;
  for (const { head, body } of texts) length += head.length + body.length;
  const whole = Buffer.allocUnsafe(length);
  let at = whole.write(before, 'latin1');
  for (const [index, { head, body }] of texts.entries()) {
    if (index > 0) at += whole.write(between, at, 'latin1');
    at += whole.write(head, at, 'latin1');
    at += body.copy(whole, at);
  }
  whole.write(behind, at, 'latin1');
  return whole;
}
