import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pino } from 'pino';
import { createProgress, type Progress, silentProgress } from '../../etl/progress.ts';
import { openCache } from '../cache/open.ts';
import { Decoder } from '../decode/decoder.ts';
import { type DecodedLines, decodeLines } from '../decode/stream.ts';
import { Failure, hasCode } from '../failure.ts';
import type { Context } from './context.ts';

/** One is decoded while the next one is on its way. */
const BATCHES_PER_CONNECTION = 2;

const ROLE = 'mvp_platform_user';

/**
 * File in, NDJSON out: the pipeline of `POST /api/vehicles/decode`, with a connection for each core. Its memory is
 * bounded: a slow reader of the output slows everything down.
 *
 * @param path `-` is standard input
 * @throws {Failure} when the file cannot be read, or when lines were refused, after everything else is written
 */
export async function decodeFile(path: string, context: Context): Promise<void> {
  const source = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 256 * 1024 });
  // Not looked at before the databases are there; an error that nobody listens to would end the process.
  source.on('error', () => undefined);
  const connections = availableParallelism();
  const pool = await context.platform(ROLE, connections);
  const { cache, close } = await openCache({
    connection: await context.connection(ROLE),
    maxBytes: context.config.cacheMaxBytes,
    logger: pino({ level: 'silent' }),
  });
  context.atEnd(close);
  const decoder = new Decoder({ cache, platform: pool, bulk: pool });

  const progress = await progressOf(path);
  const tally = { lines: 0, refused: 0 };
  const read = countingBytes(source, (bytes) => progress.advance(0, bytes));
  const decoded = decodeLines(read, decoder, connections * BATCHES_PER_CONNECTION);
  try {
    await pipeline(
      decoded,
      async function* (chunks: AsyncIterable<DecodedLines>) {
        for await (const { bytes, lines, refused } of chunks) {
          tally.lines += lines;
          tally.refused += refused;
          progress.advance(lines, 0);
          yield bytes;
        }
      },
      process.stdout,
      { end: false, signal: context.signal },
    );
  } catch (error) {
    progress.fail('not all lines were decoded');
    // The reader of our output (head, less) has seen enough.
    if (hasCode(error, 'EPIPE')) return;
    if (hasCode(error, 'ENOENT', 'EACCES', 'EISDIR'))
      throw new Failure(`${path} cannot be read: name a file with one VIN a line`);
    throw error;
  }
  progress.done(`${tally.lines.toLocaleString('en-US')} lines`);
  if (tally.refused > 0) {
    throw new Failure(
      `${tally.refused} of ${tally.lines} lines were not decoded: their lines of the output have "error" and say why`,
    );
  }
}

/** A bar where somebody sees it: not between the lines of a decode that goes to the same terminal. */
async function progressOf(path: string): Promise<Progress> {
  if (!process.stderr.isTTY || process.stdout.isTTY) return silentProgress;
  const size =
    path === '-'
      ? null
      : await stat(path).then(
          ({ size }) => size,
          () => null,
        );
  const progress = createProgress(process.stderr);
  progress.step('decoding', { share: 1, totalBytes: size });
  return progress;
}

async function* countingBytes(source: Readable, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    count(chunk.length);
    yield chunk;
  }
}
