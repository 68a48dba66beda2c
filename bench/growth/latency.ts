import type pg from 'pg';
import { median } from '../report/figures.ts';
import { type Bench, interleave } from '../setup/section.ts';
import { connect, query } from '../setup/sql-file.ts';

/** Microseconds a VIN with so many times the data: a value for each round, beside those of the data as it is. */
export interface Latency {
  base: number[];
  originals: number[];
  /** Empty where there are no copies. */
  copies: number[];
  /** Share of copies that decode as their originals do; null where there are none. */
  agreement: number | null;
}

/** VINs that each connection decodes before anything counts. */
const warmUp = 300;

/** Decodes the same vehicles with the data as it is and with grown data, in turn. */
export async function measureLatency(
  bench: Bench,
  urls: { base: string; grown: string },
  vins: readonly string[],
  factor: number,
): Promise<Latency> {
  const base = await connect(urls.base);
  bench.closing(() => base.end());
  const grown = await connect(urls.grown);
  try {
    const synthetic = factor === 1 ? [] : await copiesOf(grown, vins, factor - 1);
    const latency: Latency = { base: [], originals: [], copies: [], agreement: null };
    const lists: [pg.Client, readonly string[], number[]][] = [
      [base, vins, latency.base],
      [grown, vins, latency.originals],
      ...(synthetic.length === 0
        ? []
        : [[grown, synthetic, latency.copies] as [pg.Client, string[], number[]]]),
    ];
    for (const [client, list] of lists) await time(client, list.slice(0, warmUp));
    await interleave(
      bench,
      bench.options.rounds,
      lists.map(([client, list, into]) => async () => {
        into.push(await time(client, list));
      }),
    );
    if (synthetic.length > 0) latency.agreement = await agreementOf(grown, vins, synthetic);
    return latency;
  } finally {
    await grown.end();
  }
}

async function copiesOf(client: pg.Client, vins: readonly string[], copies: number): Promise<string[]> {
  const rows = await query<{ vin: string }>(client, 'growth/copy_vins.sql', [vins, copies]);
  return rows.map(({ vin }) => vin);
}

async function agreementOf(
  client: pg.Client,
  originals: readonly string[],
  copies: readonly string[],
): Promise<number | null> {
  const [row] = await query<{ agreement: number }>(client, 'growth/agreement.sql', [originals, copies]);
  return row?.agreement ?? null;
}

async function time(client: pg.Client, vins: readonly string[]): Promise<number> {
  const [row] = await query<{ microseconds: number }>(client, 'backend/time_decode_vin_text.sql', [vins]);
  return row?.microseconds ?? Number.NaN;
}

/** How the medians of one list compare with the data as it is. */
export function timesBase(values: readonly number[], { base }: Latency): number | null {
  const above = median(values);
  const below = median(base);
  return above === null || below === null ? null : above / below;
}
