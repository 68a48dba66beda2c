import type pg from 'pg';
import { describe, hasCode } from '../../server/failure.ts';
import { figureTable, ratio } from '../report/figures.ts';
import type { Figure, Findings } from '../report/result.ts';
import { interleave, type Section } from '../setup/section.ts';
import { query, withClient } from '../setup/sql-file.ts';
import { remember, writeAnswers } from '../setup/tables.ts';

/** One function of schema bench over one list. */
interface Measure {
  name: string;
  file: string;
  vins: readonly string[];
}

/** As many VINs of a list that each function sees before anything counts: plans, caches, functions compiled. */
const warmUp = 500;

/** Without clients: a loop, or one statement, inside one backend. */
export const backendSection: Section = {
  letter: 'a',
  title: 'Inside one backend',
  run: async (bench) => {
    const { isQuick, rounds } = bench.options;
    const count = isQuick ? 500 : 5_000;
    const lists = {
      new: bench.vins.new(count),
      light: bench.vins.new(count, 'light'),
      known: bench.vins.new(count, 'light'),
      fleet: bench.vins.fleet(isQuick ? 5_000 : 100_000, 10),
    };
    const url = await bench.freshDatabase();
    return withClient(url, async (client): Promise<Findings> => {
      await writeAnswers(client, lists.light);
      const memo = await remember(client, lists.known, bench.vins.siblings(lists.known));
      bench.say('warming up');
      const { measures, missing } = await warm(client, measuresOf(lists, memo.vins));
      const figures: Figure[] = measures.map(({ name }) => ({ name, unit: 'µs/VIN', rounds: [] }));
      const steps = measures.map(({ file, vins }, index) => async () => {
        figures[index]?.rounds.push(await time(client, file, vins));
      });
      await interleave(bench, rounds, steps);
      return { figures, ...findings(figures, lists), notes: [...notes(lists, memo.note), ...missing] };
    });
  },
};

interface Lists {
  new: readonly string[];
  light: readonly string[];
  fleet: readonly string[];
}

function measuresOf(lists: Lists, remembered: readonly string[]): Measure[] {
  return [
    { name: 'finished answer by primary key', file: 'time_lookup', vins: lists.light },
    { name: 'memo hit: api.decode_vin_text', file: 'time_decode_vin_text', vins: remembered },
    { name: 'decoder.decode', file: 'time_decode', vins: lists.light },
    { name: 'decoder.decode_elements', file: 'time_decode_elements', vins: lists.light },
    { name: 'api.decode_vin_text', file: 'time_decode_vin_text', vins: lists.light },
    { name: 'api.decode_vin', file: 'time_decode_vin', vins: lists.light },
    { name: 'api.decode_vin, every make alike', file: 'time_decode_vin', vins: lists.new },
    { name: 'bulk: api.decode_vins, new', file: 'time_decode_vins', vins: lists.light },
    { name: 'bulk: api.decode_vins, new, every make alike', file: 'time_decode_vins', vins: lists.new },
    { name: 'bulk: api.decode_vins, fleet', file: 'time_decode_vins', vins: lists.fleet },
    { name: 'bulk: api.decode_vins_text, fleet', file: 'time_decode_vins_text', vins: lists.fleet },
  ];
}

/**
 * Runs everything once, unmeasured. The decoder's inner functions are nobody's contract: one that is gone or has other
 * arguments is left out, and said to be.
 */
async function warm(
  client: pg.Client,
  all: readonly Measure[],
): Promise<{ measures: Measure[]; missing: string[] }> {
  const measures: Measure[] = [];
  const missing: string[] = [];
  for (const measure of all) {
    try {
      await time(client, measure.file, measure.vins.slice(0, warmUp));
      measures.push(measure);
    } catch (error) {
      if (!hasCode(error, undefinedFunction, undefinedObject)) throw error;
      missing.push(
        `${measure.name} is left out (${describe(error)}): bring bench/sql/${measure.file}.sql up to date.`,
      );
    }
  }
  return { measures, missing };
}

/** SQLSTATEs of PostgreSQL. */
const undefinedFunction = '42883';
const undefinedObject = '42704';

/** Microseconds a VIN of one pass over a list. */
async function time(client: pg.Client, file: string, vins: readonly string[]): Promise<number> {
  const [row] = await query<{ microseconds: number }>(client, `backend/${file}.sql`, [vins]);
  return row?.microseconds ?? Number.NaN;
}

function findings(figures: readonly Figure[], lists: Lists): Pick<Findings, 'ratios' | 'tables'> {
  const figure = (name: string): Figure | undefined => figures.find((one) => one.name === name);
  const single = figure('api.decode_vin');
  return {
    ratios: [
      ratio(
        'decode in bulk, new VINs: times faster than one by one',
        single,
        figure('bulk: api.decode_vins, new'),
      ),
      ratio(
        'decode in bulk, fleet: times faster than one by one',
        single,
        figure('bulk: api.decode_vins, fleet'),
      ),
      ratio(
        'memo hit: times faster than a decode',
        figure('api.decode_vin_text'),
        figure('memo hit: api.decode_vin_text'),
      ),
    ],
    tables: [
      figureTable(`Microseconds a VIN (${lists.light.length} VINs, fleet ${lists.fleet.length})`, figures),
    ],
  };
}

function notes(lists: Lists, memoNote: string | null): string[] {
  return [
    'One by one: a loop in PL/pgSQL over one transaction, so without parsing, network and commit. Bulk: one statement.',
    `The fleet's ${lists.fleet.length} VINs have about ten vehicles of each kind, shuffled. New: no two of one kind, none in the memo.`,
    ...(memoNote === null ? [] : [memoNote]),
  ];
}
