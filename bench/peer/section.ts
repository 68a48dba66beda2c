import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from '../../server/failure.ts';
import { atLeast, figureTable, ratio } from '../report/figures.ts';
import type { Figure, Findings } from '../report/result.ts';
import { type Bench, interleave, type Section } from '../setup/section.ts';
import { decodeInBulk } from './bulk.ts';
import { type Corgi, installCorgi } from './corgi.ts';

/** The same VINs for both decoders. */
interface List {
  name: string;
  vins: readonly string[];
  required: number | null;
}

/** In bulk on one core, beside the npm package that carries the same data and decodes from SQLite. */
export const peerSection: Section = {
  letter: 'c',
  title: 'In bulk on one core, beside corgi',
  run: async (bench): Promise<Findings> => {
    const folder = join(bench.folder, 'peer');
    await mkdir(folder, { recursive: true });
    const lists = await writeLists(bench, folder);
    const url = await bench.freshDatabase();
    bench.say('installing corgi');
    const corgi = await installCorgi(folder, bench.signal).catch((error: unknown) => {
      bench.signal.throwIfAborted();
      return describe(error);
    });
    const figureOf = (name: string): Figure => ({ name, unit: 'VIN/s', rounds: [] });
    const ours = lists.map(({ name }) => figureOf(`ours, ${name}`));
    const read = lists.map(({ name }) => figureOf(`ours and a client, ${name}`));
    let isPinned = true;
    const steps = lists.map(({ file, vins }, index) => async () => {
      const outcome = await decodeInBulk(url, file, bench.options.core, bench.signal);
      isPinned &&= outcome.isPinned;
      ours[index]?.rounds.push(vins.length / outcome.alone);
      read[index]?.rounds.push(vins.length / outcome.seconds);
    });
    // Before and after: corgi takes so long that the machine may have changed meanwhile.
    const before = Math.ceil(bench.options.rounds / 2);
    await interleave(bench, before, steps);
    const theirs = typeof corgi === 'string' ? [] : await measureCorgi(bench, corgi, lists);
    await interleave(bench, bench.options.rounds - before, steps);
    return {
      ratios: lists.flatMap(({ name, required }, index) => [
        ratio(
          `bulk, ${name}: times corgi`,
          ours[index],
          theirs[index],
          required === null ? null : atLeast(required),
        ),
        ratio(`bulk and a client, ${name}: times corgi`, read[index], theirs[index]),
      ]),
      figures: [...ours, ...read, ...theirs],
      tables: [figureTable(titleOf(lists), [...ours, ...read, ...theirs])],
      notes: [typeof corgi === 'string' ? corgi : corgi.how, ...notes(isPinned, bench.options.core)],
    };
  },
};

async function writeLists(bench: Bench, folder: string): Promise<(List & { file: string })[]> {
  const { isQuick } = bench.options;
  const count = isQuick ? 200 : 5_000;
  const lists: List[] = [
    { name: 'new, every make alike', vins: bench.vins.new(count), required: 400 },
    { name: 'new, light vehicles', vins: bench.vins.new(count, 'light'), required: null },
    { name: 'fleet', vins: bench.vins.fleet(isQuick ? 2_000 : 100_000, 10), required: 90 },
  ];
  return Promise.all(
    lists.map(async (list, index) => {
      const file = join(folder, `vins-${index}.txt`);
      await writeFile(file, list.vins.join('\n'));
      return { ...list, file };
    }),
  );
}

function titleOf(lists: readonly List[]): string {
  const [alike, , fleet] = lists;
  return `VINs a second on one core (${alike?.vins.length} new VINs, fleet ${fleet?.vins.length})`;
}

async function measureCorgi(
  bench: Bench,
  corgi: Corgi,
  lists: readonly (List & { file: string })[],
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, vins, file } of lists) {
    bench.say(`corgi: ${name}`);
    const { seconds } = await corgi.decode(file, bench.options.core);
    figures.push({ name: `corgi, ${name}`, unit: 'VIN/s', rounds: [vins.length / seconds] });
    bench.say(`corgi: ${(vins.length / seconds).toFixed(1)} VIN/s`);
  }
  return figures;
}

function notes(isPinned: boolean, core: number): string[] {
  return [
    isPinned
      ? `Pinned to core ${core}: corgi's process; of ours the backend, with the client where there is one.`
      : 'Not pinned to a core (no taskset, or the backend belongs to another user): with a client ours has two processes.',
    'Ours: api.decode_vins_text in one statement, in one process as corgi is: the backend makes every answer and takes its length. With a client, a second process on the same core: every answer is sent to a Node process as well, through a cursor. All are measured without start-up.',
    'corgi keeps every row it has read in memory, so it gets faster with the length of a list and with fewer makes.',
  ];
}
