import type pg from 'pg';
import { codeOf } from '../../server/failure.ts';
import { KINDS, type Kind, Texts } from './texts.ts';

/** Huge texts are few: three megabytes each travel to the server. */
const BATCH: Readonly<Record<Kind, number>> = {
  plain: 250,
  replaced: 250,
  cut: 250,
  added: 250,
  'lower case': 250,
  'any characters': 250,
  huge: 4,
};

/** Of every kind of vehicle, with three and with six characters, with a malformed key, and unknown. */
const WMIS = [
  '1HG',
  '5YJ',
  'JTD',
  '1FT',
  'WBA',
  '2GC',
  'JYA',
  '1XK',
  'KMH',
  '3VW',
  'YV4',
  'SAL',
  '4V4',
  '5TD',
  'ZAP',
  'RK6',
  '1A9001',
  '1Z9012',
  '5S9',
  '7T0',
  '000',
  'ZZZ',
];

export interface FuzzReport {
  /** Per kind: texts, mean and slowest batch in milliseconds a text (transfer included). */
  kinds: Record<Kind, { texts: number; meanMs: number; slowestBatchMs: number }>;
  raised: { text: string; code: string; message: string }[];
}

export interface FuzzOptions {
  count: number;
  seed: number;
  signal?: AbortSignal;
  /** What plain VINs begin with; those of the real data when absent. */
  wmis?: readonly string[];
}

/**
 * Decodes random texts, half of the batches by api.decode_elements and half by api.decode_vin.
 *
 * @returns what raised (nothing should) and how long each kind took
 */
export async function fuzz(
  pool: pg.Pool,
  { count, seed, signal, wmis = WMIS }: FuzzOptions,
): Promise<FuzzReport> {
  const texts = new Texts(seed, wmis);
  const report: FuzzReport = {
    kinds: Object.fromEntries(
      KINDS.map((kind) => [kind, { texts: 0, meanMs: 0, slowestBatchMs: 0 }]),
    ) as FuzzReport['kinds'],
    raised: [],
  };
  let done = 0;
  for (let round = 0; done < count; round++) {
    const call = CALLS[round % 2 === 0 ? 0 : 1];
    for (const kind of KINDS) {
      signal?.throwIfAborted();
      const batch = Array.from({ length: Math.min(BATCH[kind], count) }, () => ({
        text: texts.next(kind),
        year: texts.year(),
      }));
      const started = performance.now();
      await decode(pool, call, batch, report);
      const each = (performance.now() - started) / batch.length;
      const row = report.kinds[kind];
      row.meanMs = (row.meanMs * row.texts + each * batch.length) / (row.texts + batch.length);
      row.texts += batch.length;
      row.slowestBatchMs = Math.max(row.slowestBatchMs, each);
      done += batch.length;
    }
  }
  return report;
}

interface Input {
  text: string;
  year: number | null;
}

const CALLS = [
  `select count(x.element_id)
     from unnest($1::text[], $2::int[]) as i (vin, year)
    cross join lateral api.decode_elements(i.vin, i.year) as x`,
  'select count(api.decode_vin(i.vin, i.year)) from unnest($1::text[], $2::int[]) as i (vin, year)',
] as const;

async function decode(
  pool: pg.Pool,
  call: string,
  batch: readonly Input[],
  report: FuzzReport,
): Promise<void> {
  const run = (inputs: readonly Input[]) =>
    pool.query(call, [inputs.map(({ text }) => text), inputs.map(({ year }) => year)]);
  try {
    await run(batch);
  } catch {
    for (const input of batch) {
      await run([input]).catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        report.raised.push({
          text: JSON.stringify(input.text.slice(0, 60)),
          code: codeOf(error) ?? '',
          message,
        });
      });
    }
  }
}
