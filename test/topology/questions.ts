/** What clients ask, and how the parts of an answer are told apart. */

import pg from 'pg';
import { z } from 'zod';
import { readMakers, VinLists } from '../../bench/setup/vins.ts';

/** One answer, or one of a list: what it was asked by, and the version that it names. */
export interface Part {
  readonly question: string;
  readonly version: string;
  readonly text: string;
}

export interface Question {
  readonly kind: 'decode' | 'dropdown' | 'list' | 'stream';
  readonly path: string;
  /** Of a list. */
  readonly vins?: readonly string[];
}

/** VINs in the body of a list. */
const LISTED = 8;

/** Every so many requests is one of these; all others are decodes. */
const EVERY = { dropdown: 5, list: 12, stream: 18 } as const;

const decoded = z.looseObject({ vin: z.string(), dataVersion: z.string() });
const results = z.object({ results: z.array(decoded) });

const MAKES = ['HONDA', 'FORD', 'TOYOTA', 'BMW', 'KIA', 'TESLA', 'AUDI', 'VOLVO', 'MAZDA', 'JEEP'];

/** All that clients ask for. */
export class Questions {
  readonly vins: readonly string[];
  readonly dropdowns: readonly string[];
  readonly #lists: VinLists;

  /** Draws VINs, no two of one kind, from the published data of a database. */
  static async draw(url: string, count: number): Promise<Questions> {
    const pool = new pg.Pool({ connectionString: url, max: 3 });
    try {
      return new Questions(new VinLists(await readMakers(pool), 1, 'topology'), count);
    } finally {
      await pool.end();
    }
  }

  private constructor(lists: VinLists, count: number) {
    this.#lists = lists;
    this.vins = lists.new(count);
    const years = [2008, 2012, 2016, 2020];
    this.dropdowns = [
      '/makes',
      '/years',
      ...years.map((year) => `/makes?year=${year}`),
      ...MAKES.flatMap((make) => [`/models/${make}`, ...years.map((year) => `/models/${make}?year=${year}`)]),
      ...MAKES.map((make) => `/years?make=${make}`),
    ].map((path) => `/api/vehicles/dropdown${path}`);
  }

  /** VINs that nobody asks for otherwise. */
  unasked(count: number): string[] {
    return this.#lists.new(count);
  }

  /** The next question of so many. */
  at(serial: number): Question {
    const vin = (index: number): string => this.vins[index % this.vins.length] ?? '';
    // A large prime, so that neighbours in time are none in the list, and every VIN has its turn.
    const place = serial * 7_919;
    const vins = Array.from({ length: LISTED }, (_, index) => vin(place + index));
    if (serial % EVERY.stream === 0) return { kind: 'stream', path: '/api/vehicles/decode', vins };
    if (serial % EVERY.list === 0) return { kind: 'list', path: '/api/vehicles/decode', vins };
    if (serial % EVERY.dropdown === 0) {
      return { kind: 'dropdown', path: this.dropdowns[serial % this.dropdowns.length] ?? '' };
    }
    return { kind: 'decode', path: pathOf(vin(place)) };
  }
}

/** Where a VIN is decoded; also what its answer is known by. */
export function pathOf(vin: string): string {
  return `/api/vehicles/decode/${vin}`;
}

/**
 * The parts of an answer of 200.
 * @throws Error when it says what no right answer does: a list of two versions, another length, a body of another version than its header
 */
export function partsOf({ kind, path, vins = [] }: Question, version: string | null, text: string): Part[] {
  if (kind === 'dropdown') return [{ question: path, version: version ?? 'no version', text }];
  const objects = objectsOf(kind, text);
  const versions = new Set(objects.map(({ dataVersion }) => dataVersion));
  if (version !== null) versions.add(version);
  // A stream is no one answer: what is published while it goes on shows in its later lines, as docs/api.md says.
  if (versions.size > 1 && kind !== 'stream')
    throw new Error(`two versions in one answer: ${[...versions].join(', ')}`);
  const asked = kind === 'decode' ? [path] : vins.map(pathOf);
  const answered = objects.map(({ vin }) => pathOf(vin));
  if (asked.join() !== answered.join())
    throw new Error(`asked for ${asked.join()}, answered ${answered.join()}`);
  return objects.map((object) => ({
    question: pathOf(object.vin),
    version: object.dataVersion,
    text: JSON.stringify(object),
  }));
}

function objectsOf(kind: Question['kind'], text: string): z.infer<typeof decoded>[] {
  if (kind === 'decode') return [decoded.parse(JSON.parse(text))];
  if (kind === 'list') return results.parse(JSON.parse(text)).results;
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => decoded.parse(JSON.parse(line)));
}
