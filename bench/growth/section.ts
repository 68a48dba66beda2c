import { projectRoot } from '../../server/config.ts';
import { readLoadList } from '../../server/database/load-list.ts';
import { runSqlFile } from '../../server/database/sql-file.ts';
import { atMost, median } from '../report/figures.ts';
import type { Figure, Findings, Ratio, Table } from '../report/result.ts';
import { addFunctions } from '../setup/database.ts';
import type { Bench, Section } from '../setup/section.ts';
import { databases, query, runFile, withClient } from '../setup/sql-file.ts';
import { type Latency, measureLatency, timesBase } from './latency.ts';
import { type Rebuild, rebuildMultiplied } from './rebuild.ts';

/** What was found with so many times the data. */
interface Growth {
  factor: number;
  rebuild: Rebuild;
  latency: Latency;
  /** Bytes of each table of the release, the largest first. */
  sizes: { table_name: string; bytes: number }[];
}

/** What happens when NHTSA's data grows. */
export const growthSection: Section = {
  letter: 'e',
  title: 'With more data',
  run: async (bench): Promise<Findings> => {
    const vins = bench.vins.new(bench.options.isQuick ? 500 : 2_000, 'light');
    const base = await bench.freshDatabase();
    const growths: Growth[] = [];
    for (const factor of bench.options.factors) growths.push(await measure(bench, base, vins, factor));
    return {
      ratios: ratios(growths),
      figures: figures(growths),
      tables: [latencyTable(growths), rebuildTable(growths), sizeTable(growths)],
      notes: notes(growths, vins.length),
    };
  },
};

async function measure(bench: Bench, base: string, vins: readonly string[], factor: number): Promise<Growth> {
  bench.say(`rebuilding with ${factor} times the data`);
  await withClient(bench.server.url('postgres'), async (admin) => {
    await runFile(admin, 'setup/drop_grown.sql');
    await runFile(admin, 'setup/create_grown.sql');
  });
  const url = bench.server.url(databases.grown);
  await addFunctions(url);
  await withClient(url, async (client) => {
    for (const file of readLoadList(projectRoot, 'bench/growth/load.sql')) await runSqlFile(client, file);
  });
  const { source, folder: dataDir, signal } = bench;
  const rebuild = await rebuildMultiplied({ url, source, dataDir, factor, signal });
  const latency = await measureLatency(bench, { base, grown: url }, vins, factor);
  const sizes = await withClient(url, (client) =>
    query<{ table_name: string; bytes: number }>(client, 'growth/sizes.sql'),
  );
  return { factor, rebuild, latency, sizes };
}

function ratios(growths: readonly Growth[]): Ratio[] {
  const [first] = growths;
  return growths.slice(1).flatMap(({ factor, rebuild, latency }): Ratio[] => [
    {
      name: `${factor} times the data: decode of the same VINs`,
      value: timesBase(latency.originals, latency),
      of: medians(latency.originals, latency),
      required: atMost(1.3),
    },
    {
      name: `${factor} times the data: decode of VINs of copied makers`,
      value: timesBase(latency.copies, latency),
      of: medians(latency.copies, latency),
      required: atMost(1.3),
    },
    {
      name: `${factor} times the data: rebuild, a pattern`,
      value: first === undefined ? null : rebuild.total / first.rebuild.total / factor,
      of: `${rebuild.total.toFixed(0)} s ÷ ${factor} × ${first?.rebuild.total.toFixed(0)} s`,
      // At most linear; each rebuild is measured once, and that is good to a tenth.
      required: atMost(1.1),
    },
  ]);
}

function medians(values: readonly number[], { base }: Latency): string {
  return `${median(values)?.toFixed(0)} µs ÷ ${median(base)?.toFixed(0)} µs`;
}

function figures(growths: readonly Growth[]): Figure[] {
  return growths.flatMap(({ factor, rebuild, latency, sizes }): Figure[] => [
    { name: `${factor} ×, base`, unit: 'µs/VIN', rounds: latency.base },
    { name: `${factor} ×, same VINs`, unit: 'µs/VIN', rounds: latency.originals },
    { name: `${factor} ×, VINs of copied makers`, unit: 'µs/VIN', rounds: latency.copies },
    { name: `${factor} ×, rebuild`, unit: 's', rounds: [rebuild.total] },
    { name: `${factor} ×, release`, unit: 'MB', rounds: [megabytes(sizes)] },
  ]);
}

function columns(growths: readonly Growth[]): string[] {
  return ['', ...growths.map(({ factor }) => `${factor} ×`)];
}

function latencyTable(growths: readonly Growth[]): Table {
  const row = (name: string, of: (growth: Growth) => number | null): (string | number | null)[] => [
    name,
    ...growths.map(of),
  ];
  return {
    title: 'Microseconds a VIN, api.decode_vin_text, medians',
    head: columns(growths),
    rows: [
      row('the data as it is, measured in turn', ({ latency }) => median(latency.base)),
      row('grown, the same VINs', ({ latency }) => median(latency.originals)),
      row('grown, VINs of copied makers', ({ latency }) => median(latency.copies)),
    ],
  };
}

function rebuildTable(growths: readonly Growth[]): Table {
  const steps = [...(growths[0]?.rebuild.seconds.keys() ?? [])];
  return {
    title: 'Seconds of a rebuild',
    head: columns(growths),
    rows: [
      ['patterns', ...growths.map(({ rebuild }) => rebuild.patterns)],
      ...steps.map((step) => [step, ...growths.map(({ rebuild }) => rebuild.seconds.get(step) ?? null)]),
      ['all', ...growths.map(({ rebuild }) => rebuild.total)],
    ],
  };
}

/** How many of the largest tables are worth a row. */
const shownTables = 8;

function sizeTable(growths: readonly Growth[]): Table {
  const names = growths[0]?.sizes.slice(0, shownTables).map(({ table_name }) => table_name) ?? [];
  return {
    title: 'MB of a release with its indexes',
    head: columns(growths),
    rows: [
      ...names.map((name) => [
        `catalog.${name}`,
        ...growths.map(({ sizes }) => megabytes(sizes.filter(({ table_name }) => table_name === name))),
      ]),
      ['all tables', ...growths.map(({ sizes }) => megabytes(sizes))],
    ],
  };
}

function megabytes(sizes: Growth['sizes']): number {
  return sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1024 ** 2;
}

function notes(growths: readonly Growth[], vins: number): string[] {
  const shares = growths.flatMap(({ factor, latency }) =>
    latency.agreement === null ? [] : [`${(latency.agreement * 100).toFixed(1)} % at ${factor} ×`],
  );
  return [
    'Copies of all manufacturers, makes, models, WMIs (new texts), schemas and patterns are added as raw rows; the real compile steps do the rest.',
    'Loading is measured once with the real rows and counted as often as the data is multiplied; adding the copies is not counted.',
    `${vins} VINs of passenger cars, MPVs and light trucks, one by one inside one backend, and the same vehicles under the copied makers' WMIs.`,
    ...(shares.length === 0
      ? []
      : [`As many values and the same errors as the original: ${shares.join(', ')}.`]),
  ];
}
