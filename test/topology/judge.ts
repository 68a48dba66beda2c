/** Who knows what is right: for every data version, what each question has to be answered with. */

import { hash } from 'node:crypto';

/** What came of the answers so far. */
export interface Verdict {
  readonly right: number;
  /** Answers that say something else than what is right for the version that they name. */
  readonly wrong: number;
  /** Answers of versions whose right answers nobody could take before the data was lost. */
  readonly unknown: number;
  /** Some of what was wrong, for people. */
  readonly examples: readonly string[];
}

const EXAMPLES = 10;

interface Seen {
  readonly question: string;
  readonly version: string;
  count: number;
  readonly text: string;
}

/** Compares answers with the right ones, which may become known after them: a publish is answered from before it is noticed. */
export class Judge {
  /** Fingerprints of what is right, by version and question. */
  readonly #right = new Map<string, Map<string, string>>();
  /** Answers that were found right already, by their bytes: most come again. */
  readonly #known = new Set<string>();
  /** Answers that are not judged yet, by their bytes. */
  readonly #seen = new Map<string, Seen>();
  readonly #objectionTo: (version: string, text: string) => string | null;
  #rightCount = 0;
  #wrongCount = 0;
  #examples: string[] = [];

  /** @param objectionTo what is wrong with a text for its version, apart from any right answer; null when nothing is */
  constructor(objectionTo: (version: string, text: string) => string | null = () => null) {
    this.#objectionTo = objectionTo;
  }

  /** Whether right answers of this version are known. */
  knows(version: string): boolean {
    return this.#right.has(version);
  }

  /** This is right. */
  learn(question: string, version: string, text: string): void {
    const answers = this.#right.get(version) ?? new Map<string, string>();
    this.#right.set(version, answers);
    answers.set(question, fingerprint(text));
  }

  /** A client was told this. */
  see(question: string, version: string, text: string): void {
    const key = hash('sha1', `${version}\n${question}\n${text}`, 'base64');
    if (this.#known.has(key)) {
      this.#rightCount += 1;
      return;
    }
    const seen = this.#seen.get(key);
    if (seen !== undefined) seen.count += 1;
    else this.#seen.set(key, { question, version, count: 1, text });
  }

  /** A client was told what cannot be right, whatever is. */
  object(example: string): void {
    this.#wrong(1, example);
  }

  /** Judges what was seen since the last time. Answers of versions that are not known wait for the next time. */
  verdict(): Verdict {
    let unknown = 0;
    for (const [key, { question, version, count, text }] of this.#seen) {
      const right = this.#right.get(version)?.get(question);
      const objection = this.#objectionTo(version, text);
      if (objection === null && right === undefined) {
        unknown += count;
        continue;
      }
      this.#seen.delete(key);
      if (objection === null && right === fingerprint(text)) {
        this.#known.add(key);
        this.#rightCount += count;
      } else {
        this.#wrong(count, `${question} of ${version}: ${objection ?? text.slice(0, 300)}`);
      }
    }
    const verdict = {
      right: this.#rightCount,
      wrong: this.#wrongCount,
      unknown,
      examples: this.#examples,
    };
    this.#rightCount = 0;
    this.#wrongCount = 0;
    this.#examples = [];
    return verdict;
  }

  #wrong(count: number, example: string): void {
    this.#wrongCount += count;
    if (this.#examples.length < EXAMPLES) this.#examples.push(example);
  }
}

/** The same for JSON that says the same: `rawData` comes in no particular order, and members in none. */
export function fingerprint(text: string): string {
  return hash('sha1', JSON.stringify(ordered(JSON.parse(text))), 'base64');
}

function ordered(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => ordered(item));
    return name === 'rawData' ? items.map((item) => JSON.stringify(item)).sort() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, member]): [string, unknown] => [key, ordered(member, key)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
