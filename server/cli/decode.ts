import { parseArgs } from 'node:util';
import type pg from 'pg';
import { Failure } from '../failure.ts';
import type { Command } from './context.ts';
import { decodeFile } from './decode-file.ts';
import { renderDecode } from './render.ts';
import { renderExplanation } from './render-explanation.ts';

export const decode: Command = {
  usage: 'decode <vin> [--year N] [--json] [--explain]  |  decode --file vins.txt',
  summary: 'decode one VIN, or a file of them to NDJSON',
  details: [
    '--year N       the model year, when the VIN leaves it open',
    '--json         the whole answer as JSON',
    '--explain      also why: the year, each position, each value with its key and its rivals',
    '--file PATH    one VIN a line (or VIN,year, or JSON: "VIN", {"vin":…,"modelYear":…}); - reads standard input;',
    '               one JSON object a line comes out, in the same order; exit code 1 when a line could not be read',
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
