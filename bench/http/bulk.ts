import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, Failure } from '../../server/failure.ts';
import { decodeInBulk } from '../peer/bulk.ts';
import { atLeast, figureTable, ratio } from '../report/figures.ts';
import type { Figure, Findings } from '../report/result.ts';
import { type Bench, interleave } from '../setup/section.ts';
import { streamVins } from './ndjson.ts';

/** More would need more kinds of VIN than some data has: every round asks for others. */
const mostRounds = 3;

export interface Places {
  /** The database of the service. */
  url: string;
  service: string;
  folder: string;
}

/**
 * Many VINs in one streamed request, beside the same VINs in one statement. Every round has VINs of its own: the
 * service may remember what it has answered. A service without the route is reported as such.
 */
export async function measureNdjson(bench: Bench, { url, service, folder }: Places): Promise<Findings> {
  const { isQuick, rounds } = bench.options;
  const kinds = [
    { name: 'new', draw: () => bench.vins.new(isQuick ? 500 : 5_000) },
    { name: 'fleet', draw: () => bench.vins.fleet(isQuick ? 2_000 : 100_000, 10) },
  ];
  const file = join(folder, 'vins.txt');
  const figures = kinds.map(({ name }) => ({
    sql: { name: `in one statement, ${name}`, unit: 'VIN/s', rounds: [] } as Figure,
    http: { name: `NDJSON, ${name}`, unit: 'VIN/s', rounds: [] } as Figure,
  }));
  const failures = new Set<string>();
  const steps = kinds.map(({ draw }, index) => async () => {
    const vins = draw();
    await writeFile(file, vins.join('\n'));
    const { seconds } = await decodeInBulk(url, file, null, bench.signal);
    figures[index]?.sql.rounds.push(vins.length / seconds);
    try {
      const route = `${service}/api/vehicles/decode`;
      figures[index]?.http.rounds.push(await streamVins(route, file, vins.length, bench.signal));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.add(`${describe(error)}.`);
    }
  });
  await interleave(bench, Math.min(rounds, mostRounds), steps);
  const all = figures.flatMap(({ sql, http }) => [sql, http]);
  return {
    ratios: figures.map(({ sql, http }, index) =>
      ratio(`NDJSON, ${kinds[index]?.name}, of the same VINs in SQL`, http, sql, atLeast(0.5)),
    ),
    figures: all,
    tables: [figureTable('VINs a second in one request, and in one statement', all)],
    notes: [
      'NDJSON: one request, sent and read as streams by a Node process. In one statement: api.decode_vins_text, read by a Node process.',
      ...failures,
    ],
  };
}
