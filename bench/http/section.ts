import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../server/failure.ts';
import { Service } from '../../test/harness/service.ts';
import { atLeast, median, ratio } from '../report/figures.ts';
import type { Figure, Findings, Table } from '../report/result.ts';
import { findProgram } from '../setup/programs.ts';
import { type Bench, interleave, LeftOut, type Section } from '../setup/section.ts';
import { startService } from '../setup/service.ts';
import { measureNdjson } from './bulk.ts';
import { connectionCounts, type Load, runWrk, type VinFile } from './wrk.ts';

const decodePath = '/api/vehicles/decode/';
const dropdownPath = '/api/vehicles/dropdown/models/HONDA?year=2020';

/** VINs that everybody asks for. */
const hotVins = 1_000;

/** One route under load. */
interface Target {
  name: string;
  loads: Load[];
  load(): Promise<Load>;
}

/** The service over HTTP, beside Express with one route that sends the same bytes. */
export const httpSection: Section = {
  letter: 'd',
  title: 'Over HTTP, beside a bare Express route',
  run: async (bench): Promise<Findings> => {
    const wrk = findProgram('wrk');
    if (wrk === null) throw new LeftOut('wrk is not installed: apt-get install wrk');
    const folder = join(bench.folder, 'http');
    await mkdir(folder, { recursive: true });
    const url = await bench.freshDatabase();
    const service = await startService(bench, url);
    const hot = join(folder, 'hot.txt');
    const [first = '', ...others] = bench.vins.new(hotVins, 'light');
    await writeFile(hot, [first, ...others].join('\n'));
    const bare = await startBare(bench, folder, service.url, first);
    const targets = await makeTargets(bench, wrk, { service: service.url, bare, hot, folder });
    const caches = new Set<string>();
    const steps = targets.map((target) => async () => {
      target.loads.push(await target.load());
      // At once: the new VINs of another target push what was cached out.
      const path = target.name === 'decode, cached' ? `${decodePath}${first}` : dropdownPath;
      if (isCached(target)) for (const note of await doubtsOf(`${service.url}${path}`)) caches.add(note);
    });
    await interleave(bench, bench.options.rounds, steps);
    const ndjson = await measureNdjson(bench, { url, service: service.url, folder });
    const rates = targets.map(rateOf);
    return {
      ratios: [...ratios(rates), ...ndjson.ratios],
      figures: [...rates, ...targets.flatMap(latenciesOf), ...ndjson.figures],
      tables: [loadTable(targets), ...ndjson.tables],
      notes: [...notes, ...caches, ...ndjson.notes],
    };
  },
};

const notes = [
  `wrk, one thread, ${connectionCounts.few} connections kept open where nothing else is said, on the same machine; rounds of the service and of the bare routes alternate.`,
  `The uncached decode is asked of the rate that a server reaches, with ${connectionCounts.most} connections: with few, the lists in which it asks the database are short.`,
  'The service logs warnings only. The bare routes are Express as it comes: its own ETag, no log, no validation.',
  `Cached: ${hotVins} VINs in turn, asked for before. Uncached: new VINs only, no two of one kind.`,
];

/** Takes the bytes of the service's own answers. */
async function startBare(bench: Bench, folder: string, service: string, vin: string): Promise<string> {
  const decode = join(folder, 'decode.json');
  const dropdown = join(folder, 'dropdown.json');
  await writeFile(decode, await bodyOf(`${service}${decodePath}${vin}`));
  await writeFile(dropdown, await bodyOf(`${service}${dropdownPath}`));
  const [dropdownRoute] = dropdownPath.split('?');
  const bare = new Service({}, 'bench/http/bare.ts', [
    `${decodePath}:vin=${decode}`,
    `${dropdownRoute}=${dropdown}`,
  ]);
  bench.closing(() => bare.stop());
  return bare.listening();
}

async function bodyOf(url: string): Promise<string> {
  const reply = await fetch(url);
  const body = await reply.text();
  if (reply.status !== 200) throw new Failure(`${url} is answered with ${reply.status}`);
  return body;
}

interface Places {
  service: string;
  bare: string;
  hot: string;
  folder: string;
}

/** Puts each route under load once, unmeasured: that compiles, fills the cache and tells how many VINs are needed. */
async function makeTargets(bench: Bench, wrk: string, places: Places): Promise<Target[]> {
  const { service, bare, hot, folder } = places;
  const { isQuick, rounds } = bench.options;
  const seconds = isQuick ? 2 : 5;
  const { few, many, most } = connectionCounts;
  const run = (url: string, connections: number, vins?: VinFile, time = seconds): Promise<Load> =>
    runWrk(wrk, url, time, bench.signal, { connections, ...(vins && { vins }) });
  const hotVinsAgain: VinFile = { file: hot, from: 0, prefix: decodePath, mode: 'again' };

  const trial = join(folder, 'trial.txt');
  await writeFile(trial, bench.vins.new(20_000).join('\n'));
  const { rate } = await run(service, most, { file: trial, from: 0, prefix: decodePath, mode: 'once' }, 2);
  const each = Math.ceil(rate * seconds * 2);
  const fresh = join(folder, 'new.txt');
  await writeFile(fresh, bench.vins.new(3 * each * rounds).join('\n'));
  let round = 0;
  const uncached = (connections: number): Promise<Load> =>
    run(service, connections, { file: fresh, from: each * round++, prefix: decodePath, mode: 'once' });

  const targets: [string, () => Promise<Load>][] = [
    ['bare decode route', () => run(bare, few, hotVinsAgain)],
    ['decode, cached', () => run(service, few, hotVinsAgain)],
    ['decode, uncached', () => uncached(few)],
    ['bare dropdown route', () => run(`${bare}${dropdownPath}`, few)],
    ['dropdown', () => run(`${service}${dropdownPath}`, few)],
    ...[many, most].flatMap((connections): [string, () => Promise<Load>][] => [
      [`bare decode route, ${connections} connections`, () => run(bare, connections, hotVinsAgain)],
      [`decode, uncached, ${connections} connections`, () => uncached(connections)],
    ]),
  ];
  for (const [name, load] of targets) if (!name.startsWith('decode, uncached')) await load();
  return targets.map(([name, load]) => ({ name, load, loads: [] }));
}

const isCached = ({ name }: Target): boolean => name === 'decode, cached' || name === 'dropdown';

/** What speaks against an answer's coming out of the cache, where the figures suppose a hit. */
async function doubtsOf(url: string): Promise<string[]> {
  const reply = await fetch(url);
  await reply.arrayBuffer();
  const state = reply.headers.get('x-cache') ?? 'nothing';
  return state === 'HIT' ? [] : [`What should be cached says X-Cache: ${state} (${new URL(url).pathname}).`];
}

function rateOf({ name, loads }: Target): Figure {
  return { name, unit: '1/s', rounds: loads.map(({ rate }) => rate) };
}

function latenciesOf({ name, loads }: Target): Figure[] {
  return (['p50', 'p99', 'p999'] as const).map((part) => ({
    name: `${name}, ${part}`,
    unit: 'ms',
    rounds: loads.map((load) => load[part]),
  }));
}

function loadTable(targets: readonly Target[]): Table {
  const middle = (loads: readonly Load[], part: keyof Load): number | null =>
    median(loads.map((load) => load[part]));
  return {
    title: 'Requests a second and milliseconds (medians over the rounds)',
    head: ['', 'requests/s', 'best', 'p50', 'p99', 'p99.9', 'rounds'],
    rows: targets.map(({ name, loads }) => [
      name,
      middle(loads, 'rate'),
      Math.max(...loads.map(({ rate }) => rate)),
      middle(loads, 'p50'),
      middle(loads, 'p99'),
      middle(loads, 'p999'),
      loads.length,
    ]),
  };
}

function ratios(rates: readonly Figure[]): Findings['ratios'] {
  const [
    bareDecode,
    cached,
    uncached,
    bareDropdown,
    dropdown,
    bareToMany,
    uncachedToMany,
    bareToMost,
    uncachedToMost,
  ] = rates;
  const { many, most } = connectionCounts;
  const ofBare = 'uncached decode, of a bare Express route';
  return [
    ratio('cached decode, of a bare Express route', cached, bareDecode, atLeast(0.7)),
    ratio(ofBare, uncached, bareDecode),
    ratio(`${ofBare}, ${many} connections`, uncachedToMany, bareToMany),
    ratio(`${ofBare}, ${most} connections`, uncachedToMost, bareToMost, atLeast(0.25)),
    ratio('dropdown, of a bare Express route', dropdown, bareDropdown, atLeast(0.7)),
  ];
}
