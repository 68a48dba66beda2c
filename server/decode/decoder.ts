/**
 * Decodes as JSON text, one or many, with as little of the database as possible. Most of a decode is the same for
 * all VINs of a descriptor; where the database says so (`is_common`), that part is cached once for all of them.
 */

import { availableParallelism } from 'node:os';
import { type AnswerCache, LIFETIME } from '../cache/answer-cache.ts';
import { Flights } from '../cache/flights.ts';
import type { Entry } from '../cache/store.ts';
import type { Queries } from '../database/queries.ts';
import type { Answer, Served } from '../http/answer.ts';
import { ask, askAll } from '../http/ask.ts';
import { Batch, type Group, type JsonText } from './batch.ts';
import {
  type DecodeRow,
  exactEntryOf,
  questionOf,
  servedOf,
  sharedEntryOf,
  sharedQuestionOf,
} from './entry.ts';
import { Gather } from './gather.ts';
import type { Memo } from './memo.ts';
import type { VinEntry } from './vin-entry.ts';

export interface DecoderOptions {
  cache: AnswerCache;
  /** For single VINs. */
  platform: Queries;
  /** For many at once: a pool of its own, so that a single VIN never waits behind lists of them. */
  bulk: Queries;
  /** Told what was not cached; absent where nobody would profit. */
  memo?: Memo;
}

/** The decodes of a list, in its order. */
export interface Decodes {
  readonly texts: readonly JsonText[];
  /** The data version of all of them; null when there are none. */
  readonly version: string | null;
}

const decodeVin = {
  name: 'decode_vin_text',
  text: 'select own, common as body, is_common, data_version as version from api.decode_vin_text($1, $2)',
};
const decodeVins = {
  name: 'decode_vins_text',
  text: `select own, common as body, is_common, data_version as version
    from api.decode_vins_text($1, $2) order by ordinal`,
};

/**
 * Single VINs are asked for together while the database is busy with others: in a list of 32 a VIN costs the database 75 µs,
 * in one of 8 100, and alone 240. One call more at once than there are cores, so that none of them waits for this process.
 */
const TOGETHER = { atOnce: availableParallelism() + 1, most: 128, patienceMs: 5_000 };

/** The one way to a decode: its cache, its statements, and what of an answer may be another VIN's too. */
export class Decoder {
  readonly #cache: AnswerCache;
  readonly #bulk: Queries;
  readonly #memo: Memo | undefined;
  /** For single VINs. */
  readonly #single: Gather<VinEntry, DecodeRow>;
  readonly #flights = new Flights<{ vin: string; entry: Entry }>();

  constructor({ cache, platform, bulk, memo }: DecoderOptions) {
    this.#cache = cache;
    this.#bulk = bulk;
    this.#memo = memo;
    this.#single = new Gather((entries) => askFor(platform, entries), TOGETHER);
  }

  /**
   * @param vin normalized and without problems (vin.ts)
   * @throws Problem when the database cannot answer
   */
  async one(vin: string, modelYear: number | undefined): Promise<Served> {
    const exact = questionOf(vin, modelYear);
    const load = (): Promise<Answer> => this.#answer(vin, modelYear);
    const shared = sharedQuestionOf(vin, modelYear);
    if (shared === null) return this.#cache.answer(exact, load, LIFETIME.decode);

    const common = this.#cache.find(shared);
    if (common !== undefined && 'body' in common) return servedOf(common, vin, this.#cache.found);
    // Before the first is there: a store a network away is asked for both at once.
    const own = this.#cache.find(exact);
    if (own !== undefined && 'body' in own) return servedOf(own, vin, this.#cache.found);
    const found = (await common) ?? (await own);
    if (found !== undefined) return servedOf(found, vin, this.#cache.found);

    const flight = this.#cache.flightOf(shared);
    const loaded = await this.#flights.once(flight, () => this.#load(vin, modelYear, shared));
    if (loaded.vin === vin || loaded.entry.frame !== undefined) return servedOf(loaded.entry, vin, 'MISS');
    // It was another VIN's load, and its answer turned out to be that VIN's alone.
    return this.#cache.answer(exact, load, LIFETIME.decode);
  }

  /**
   * Decodes a list with one statement at most, or two where a descriptor's answer turns out not to be common. Texts
   * that cannot be VINs are answered too, with their errors.
   *
   * @throws Problem when the database cannot answer
   */
  async many(entries: readonly VinEntry[]): Promise<Decodes> {
    const batch = new Batch(entries);
    let missing = await this.#fillFromCache(batch);
    while (missing.length > 0) missing = await this.#fillFromDatabase(batch, missing);
    if (batch.versions.size > 1) {
      // A publish came in between. One statement sees one release.
      batch.versions.clear();
      await this.#fillFromDatabase(batch, batch.singly());
    }
    const [version = null] = batch.versions;
    return { texts: batch.texts, version };
  }

  /** Fills what is cached. @returns the rest */
  async #fillFromCache(batch: Batch): Promise<Group[]> {
    const groups = batch.grouped();
    const finding = groups.map(({ question }) =>
      question === null ? undefined : this.#cache.find(question),
    );
    const found = await Promise.all(finding);
    return groups.filter((group, position) => {
      const entry = found[position];
      if (entry !== undefined) batch.fill(group, entry);
      return entry === undefined;
    });
  }

  /** Asks for the first VIN of each group and fills what that decides. @returns the rest, each VIN on its own */
  async #fillFromDatabase(batch: Batch, groups: readonly Group[]): Promise<Group[]> {
    const asked = this.#cache.edition;
    const firsts = groups.map(({ indices: [first] }) => batch.entryAt(first));
    const rows = await askFor(this.#bulk, firsts);
    if (rows.length !== groups.length)
      throw new Error(`${groups.length} VINs asked, ${rows.length} answered`);
    return rows.flatMap((row, position) => {
      const group = groups[position];
      if (group === undefined) return [];
      const vin = batch.vinAt(group.indices[0]);
      const entry = group.question === null ? null : sharedEntryOf(row, vin);
      if (group.question === null || entry === null) return batch.fillFirst(group, row);
      this.#cache.keep(group.question, entry, LIFETIME.decode, asked);
      this.#memo?.add(vin, batch.entryAt(group.indices[0]).modelYear);
      batch.fill(group, entry);
      return [];
    });
  }

  /** Loads for all VINs of the descriptor where that is possible, else for this one alone. */
  async #load(
    vin: string,
    modelYear: number | undefined,
    shared: string,
  ): Promise<{ vin: string; entry: Entry }> {
    const asked = this.#cache.edition;
    const row = await this.#single.load({ vin, modelYear });
    const common = sharedEntryOf(row, vin);
    const entry = common ?? exactEntryOf(row);
    this.#cache.keep(common ? shared : questionOf(vin, modelYear), entry, LIFETIME.decode, asked);
    if (common) this.#memo?.add(vin, modelYear);
    return { vin, entry };
  }

  async #answer(vin: string, modelYear: number | undefined): Promise<Answer> {
    const row = await this.#single.load({ vin, modelYear });
    return { body: row.own + row.body, version: row.version };
  }
}

/** One statement for all of them. */
async function askFor(pool: Queries, entries: readonly VinEntry[]): Promise<DecodeRow[]> {
  const [first] = entries;
  if (first !== undefined && entries.length === 1) {
    return [await ask<DecodeRow>(pool, decodeVin, [first.vin, first.modelYear])];
  }
  return askAll<DecodeRow>(pool, decodeVins, [
    entries.map(({ vin }) => vin),
    entries.map(({ modelYear }) => modelYear ?? null),
  ]);
}
