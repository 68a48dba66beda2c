/** The cache in front of the database: keys, lifetimes, and one load of a key at a time. */

import type { Answer, Served } from '../http/answer.ts';
import { Flights } from './flights.ts';
import { NegativeAnswers } from './negative-answers.ts';
import type { Edition, Release } from './release.ts';
import { type AnswerStore, bytesOf, digestOf, type Entry } from './store.ts';

const DAY = 86_400_000;

/** How long answers are kept, in milliseconds; a publish makes them unreachable long before (CONTRACT, section 8). */
export const LIFETIME = { decode: 30 * DAY, dropdown: 7 * DAY } as const;

const PREFIX = 'mvp-platform:vehicles:';

/**
 * Keys are `mvp-platform:vehicles:<dataVersion>:<year>:<question>`: a publish or the turn of a year asks under other
 * keys at once, and what was kept before falls out of use by itself.
 */
export class AnswerCache {
  readonly #store: AnswerStore;
  readonly #release: Release;
  readonly #negatives: NegativeAnswers;
  readonly #flights = new Flights<Served>();
  #edition: Edition | null = null;
  #prefix = '';

  constructor(store: AnswerStore, release: Release, negatives = new NegativeAnswers()) {
    this.#store = store;
    this.#release = release;
    this.#negatives = negatives;
  }

  /** What an answer found now may depend on, to be handed back to {@link keep}; null while nothing can be cached. */
  get edition(): Edition | null {
    return this.#release.edition;
  }

  /** What a found entry counts as. */
  get found(): 'HIT' | 'STALE' {
    return this.#release.isConfirmed ? 'HIT' : 'STALE';
  }

  /** What a load of this question is called, so that nobody who asks after a publish joins one from before it. */
  flightOf(question: string): string {
    const edition = this.#release.edition;
    return edition === null ? question : this.#prefixOf(edition) + question;
  }

  /** The entry of a question in the published data, or undefined; a promise only where the store is a network away. */
  find(question: string): Entry | undefined | Promise<Entry | undefined> {
    const edition = this.#release.edition;
    return edition === null ? undefined : this.#store.get(this.#prefixOf(edition) + question);
  }

  /**
   * Keeps an entry under the version that it was made from.
   *
   * @param asked the {@link edition} before the database was asked: where the year has turned since, nobody knows
   *   which of the two the answer is of, and it is not kept
   */
  keep(question: string, entry: Entry, lifetime: number, asked: Edition | null): void {
    this.#release.saw(entry.version);
    const year = this.#release.edition?.year;
    if (asked === null || asked.year !== year) return;
    const prefix = entry.version === asked.version ? this.#prefixOf(asked) : prefixOf(entry.version, year);
    this.#store.set(prefix + question, entry, lifetime);
  }

  /**
   * A whole answer from the store, or loaded and kept.
   *
   * @throws whatever the load throws; a 404 for some minutes without a load
   */
  async answer(question: string, load: () => Promise<Answer>, lifetime: number): Promise<Served> {
    const key = this.flightOf(question);
    const negative = this.#negatives.get(key);
    if (negative !== undefined) throw negative;
    const found = this.find(question);
    const entry = found instanceof Promise ? await found : found;
    if (entry !== undefined) return whole(entry, this.found);
    return this.#flights.once(key, async () => {
      const asked = this.edition;
      try {
        const { body, version } = await load();
        const loaded = entryOf(body, version);
        this.keep(question, loaded, lifetime, asked);
        return whole(loaded, 'MISS');
      } catch (error) {
        // Which release said so, it does not say: where there may have been two, it is not kept.
        if (asked !== null && asked === this.edition) this.#negatives.keep(key, error);
        throw error;
      }
    });
  }

  #prefixOf(edition: Edition): string {
    if (edition !== this.#edition) {
      this.#edition = edition;
      this.#prefix = prefixOf(edition.version, edition.year);
    }
    return this.#prefix;
  }
}

function prefixOf(version: string, year: number): string {
  return `${PREFIX}${encodeURIComponent(version)}:${year}:`;
}

/** The entry of a text. */
export function entryOf(text: string, version: string): Entry {
  const body = bytesOf(text);
  return { body, digest: digestOf(body), version };
}

/** An entry that is an answer as it stands. */
export function whole({ body, digest, version }: Entry, cache: Served['cache']): Served {
  return { head: '', body, etag: `"${digest}"`, version, cache };
}
