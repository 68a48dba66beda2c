import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { Failure, hasCode } from '../failure.ts';
import type { Command, Context } from './context.ts';
import { renderDecode } from './render.ts';
import { renderExplanation } from './render-explanation.ts';

/** As many VINs as one call of the database gets: enough to make the way there cheap, few enough to stream. */
const batchSize = 200;

export const decode: Command = {
  usage: 'decode <vin> [--year N] [--json] [--explain]  |  decode --file vins.txt',
  summary: 'decode one VIN, or a file of them to NDJSON',
  details: [
    '--year N       the model year, when the VIN leaves it open',
    '--json         the whole answer as JSON',
    '--explain      also why: the year, each position, each value with its key and its rivals',
    '--file PATH    one VIN a line (optionally: VIN,year); - reads standard input; one JSON object a line comes out',
  ],
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        year: { type: 'string' },
        json: { type: 'boolean' },
        explain: { type: 'boolean' },
        file: { type: 'string' },
      },
    });
    const [vin, ...more] = positionals;
    if ((vin === undefined) === (values.file === undefined) || more.length > 0) {
      throw new Failure('decode takes one VIN or --file: see mvp-vehicles decode --help');
    }
    if (values.file !== undefined) {
      await decodeFile(values.file, context);
      return;
    }
    const year = readYear(values.year);
    const pool = await context.platform('mvp_platform_user');
    const decoded = await decodeOne(pool, vin ?? '', year, values.explain ?? false);
    if (values.json) process.stdout.write(`${JSON.stringify(decoded, null, 2)}\n`);
    else process.stdout.write(renderDecode(decoded) + (values.explain ? renderExplanation(decoded) : ''));
  },
};

function readYear(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{4}$/.test(text)) throw new Failure(`--year is "${text}": must be a year of four digits`);
  return Number(text);
}

async function decodeOne(
  pool: pg.Pool,
  vin: string,
  year: number | null,
  isExplained: boolean,
): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<{ decoded: Record<string, unknown> }>(
    isExplained ? 'select api.explain_vin($1, $2) as decoded' : 'select api.decode_vin($1, $2) as decoded',
    [vin, year],
  );
  return rows[0]?.decoded ?? {};
}

/**
 * File in, NDJSON out, in constant memory: a batch is read when the one before has been written, so that a slow
 * reader of the output slows the database down instead of filling memory.
 */
async function decodeFile(path: string, context: Context): Promise<void> {
  const input = path === '-' ? process.stdin : createReadStream(path);
  const pool = await context.platform('mvp_platform_user');
  try {
    await pipeline(
      createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }),
      inBatches,
      async function* (batches: AsyncIterable<Line[]>) {
        for await (const batch of batches) yield await decodeBatch(pool, batch);
      },
      process.stdout,
      { end: false, signal: context.signal },
    );
  } catch (error) {
    // The reader of our output (head, less) has seen enough.
    if (hasCode(error, 'EPIPE')) return;
    if (hasCode(error, 'ENOENT', 'EACCES', 'EISDIR'))
      throw new Failure(`${path} cannot be read: name a file with one VIN a line`);
    throw error;
  }
}

interface Line {
  vin: string;
  year: number | null;
}

async function* inBatches(lines: AsyncIterable<string>): AsyncGenerator<Line[]> {
  let batch: Line[] = [];
  for await (const line of lines) {
    const [vin = '', year = ''] = line.split(/[,;\t]/).map((part) => part.trim());
    if (vin === '') continue;
    batch.push({ vin, year: /^\d{4}$/.test(year) ? Number(year) : null });
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function decodeBatch(pool: pg.Pool, batch: Line[]): Promise<string> {
  const { rows } = await pool.query<{ decoded: string }>(
    `select api.decode_vin(line.vin, line.year)::text as decoded
       from unnest($1::text[], $2::int[]) with ordinality as line (vin, year, ordinal)
      order by line.ordinal`,
    [batch.map((line) => line.vin), batch.map((line) => line.year)],
  );
  return rows.map((row) => `${row.decoded}\n`).join('');
}
