/** A list of VINs while its decodes come together, from the cache and from the database. */

import type { Entry } from '../cache/store.ts';
import { normalize } from '../vin.ts';
import { type DecodeRow, servedOf, sharedQuestionOf } from './entry.ts';
import type { VinEntry } from './vin-entry.ts';

/** A JSON text in two parts: `head` in ASCII, then `body`. */
export interface JsonText {
  readonly head: string;
  readonly body: Buffer;
}

/** Entries that one answer may be common to, by their index; `question` is null for one that is on its own. */
export interface Group {
  readonly question: string | null;
  readonly indices: readonly [number, ...number[]];
}

export class Batch {
  readonly #entries: readonly VinEntry[];
  readonly #vins: readonly string[];
  /** In input order; complete when every group was filled. */
  readonly texts: JsonText[];
  /** The data versions that the texts are of. */
  readonly versions = new Set<string>();

  constructor(entries: readonly VinEntry[]) {
    this.#entries = entries;
    this.#vins = entries.map(({ vin }) => normalize(vin));
    this.texts = new Array(entries.length);
  }

  /** The entries by the question that they share with others. */
  grouped(): Group[] {
    const groups: Group[] = [];
    const byQuestion = new Map<string, [number, ...number[]]>();
    for (const [index, { modelYear }] of this.#entries.entries()) {
      const question = sharedQuestionOf(this.vinAt(index), modelYear);
      const known = question === null ? undefined : byQuestion.get(question);
      if (known !== undefined) {
        known.push(index);
        continue;
      }
      const indices: [number, ...number[]] = [index];
      if (question !== null) byQuestion.set(question, indices);
      groups.push({ question, indices });
    }
    return groups;
  }

  /** Every entry on its own. */
  singly(): Group[] {
    return this.#entries.map((_, index) => ({ question: null, indices: [index] }));
  }

  entryAt(index: number): VinEntry {
    const entry = this.#entries[index];
    if (entry === undefined) throw new RangeError(`there is no entry ${index}`);
    return entry;
  }

  /** The normalized text. */
  vinAt(index: number): string {
    return this.#vins[index] ?? '';
  }

  /** One entry of the cache is the answer for all of the group. */
  fill({ indices }: Group, entry: Entry): void {
    this.versions.add(entry.version);
    for (const index of indices) this.texts[index] = servedOf(entry, this.vinAt(index), 'HIT');
  }

  /** A row is the answer for the first of the group alone. @returns the others, each on its own */
  fillFirst({ indices: [first, ...others] }: Group, row: DecodeRow): Group[] {
    this.versions.add(row.version);
    this.texts[first] = { head: '', body: Buffer.from(row.own + row.body) };
    return others.map((index) => ({ question: null, indices: [index] }));
  }
}
