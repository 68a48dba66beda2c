import { mkdir } from 'node:fs/promises';
import { Failure } from '../../server/failure.ts';
import { atLeast, figureTable, ratio } from '../report/figures.ts';
import type { Figure, Findings } from '../report/result.ts';
import { findProgram } from '../setup/programs.ts';
import { type Bench, interleave, type Section } from '../setup/section.ts';
import { query, withClient } from '../setup/sql-file.ts';
import { remember, writeAnswers } from '../setup/tables.ts';
import { addressOf } from './address.ts';
import { nodeClients } from './node-clients.ts';
import { pgbenchClients } from './pgbench.ts';
import { batchSize, type Clients, connections, type Variant } from './variant.ts';

const files: readonly Omit<Variant, 'batches'>[] = [
  { name: 'select 1', file: 'clients/select_one.sql', kind: 'new' },
  { name: 'finished answer by primary key', file: 'clients/lookup.sql', kind: 'new' },
  { name: 'memo hit: api.decode_vin_text', file: 'clients/decode_vin_text.sql', kind: 'remembered' },
  { name: 'new VIN: api.decode_vin_text', file: 'clients/decode_vin_text.sql', kind: 'new' },
  { name: 'new VIN: api.decode_vin', file: 'clients/decode_vin.sql', kind: 'new' },
];

/** Through connections, as a service asks. */
export const clientsSection: Section = {
  letter: 'b',
  title: 'Through a client with prepared statements',
  run: async (bench): Promise<Findings> => {
    const { isQuick, rounds } = bench.options;
    const { url, lists, note } = await prepare(bench, isQuick ? 500 : 5_000);
    const variants = files.map((file): Variant => {
      const batches = Math.floor((lists.get(file.kind)?.length ?? 0) / batchSize);
      if (batches === 0)
        throw new Failure(`too few VINs for "${file.name}": is the data a whole vPIC database?`);
      return { ...file, batches };
    });
    const { ask, how } = await chooseClients(bench, url, lists);
    const figures: Figure[] = variants.map(({ name }) => ({ name, unit: '1/s', rounds: [] }));
    for (const variant of variants) await ask(variant, 1);
    const steps = variants.map((variant, index) => async () => {
      figures[index]?.rounds.push(await ask(variant, isQuick ? 2 : 5));
    });
    await interleave(bench, rounds, steps);
    return {
      ratios: ratios(figures),
      figures,
      tables: [figureTable(`Statements a second, ${connections} connections`, figures)],
      notes: [how, ...notes, ...(note === null ? [] : [note])],
    };
  },
};

const notes = [
  'The finished answers are jsonb documents of the same VINs, stored uncompressed: the limit of what a decoder could reach.',
  'New: no two VINs of one kind, none in the memo. All variants have the same number of VINs and the same client.',
];

interface Prepared {
  url: string;
  lists: Map<string, readonly string[]>;
  note: string | null;
}

async function prepare(bench: Bench, count: number): Promise<Prepared> {
  const fresh = bench.vins.new(count, 'light');
  const known = bench.vins.new(count, 'light');
  const url = await bench.freshDatabase();
  return withClient(url, async (client) => {
    await writeAnswers(client, fresh);
    const { vins, note } = await remember(client, known, bench.vins.siblings(known));
    const lists = new Map([
      ['new', fresh],
      ['remembered', vins],
    ]);
    for (const [kind, list] of lists)
      await query(client, 'clients/write_batches.sql', [kind, list, batchSize]);
    return { url, lists, note };
  });
}

async function chooseClients(
  bench: Bench,
  url: string,
  lists: ReadonlyMap<string, readonly string[]>,
): Promise<{ ask: Clients; how: string }> {
  const address = await addressOf(url);
  const way = address.isSocket ? 'over the unix socket' : 'over TCP';
  const pgbench = findProgram('pgbench');
  if (pgbench === null) {
    const how = `Clients: node-postgres in one process with named statements, ${way}; pgbench is not installed.`;
    return { ask: nodeClients(address, lists), how };
  }
  await mkdir(bench.folder, { recursive: true });
  const how = `Clients: pgbench -M prepared, ${connections} clients, ${way}.`;
  return { ask: pgbenchClients(pgbench, address, bench.folder, bench.signal), how };
}

function ratios(figures: readonly Figure[]): Findings['ratios'] {
  const [nothing, lookup, memo, text, document] = figures;
  return [
    ratio('memo hit, of a finished answer', memo, lookup, atLeast(0.6)),
    ratio('decode of a new VIN as text, of a finished answer', text, lookup, atLeast(0.09)),
    ratio('decode of a new VIN as jsonb, of a finished answer', document, lookup, atLeast(0.09)),
    ratio('finished answer, of select 1', lookup, nothing),
  ];
}
