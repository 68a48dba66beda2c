/** What a section did and what came of it, while it goes on. */

import { type Harm, NO_HARM, type Outcome } from '../section.ts';

/** Sentences that are kept; a fault that shows at every input would fill the report with itself. */
const MOST_OBJECTIONS = 20;

export class Ledger {
  readonly #counts = new Map<string, number>();
  readonly #harm: { -readonly [Kind in keyof Harm]: number } = { ...NO_HARM };
  readonly #objections = new Set<string>();

  /** Counts what was done. */
  count(what: string, by = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + by);
  }

  counted(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  /** Counts a harm, and says what it was. */
  harmed(kind: keyof Harm, what: string): void {
    this.#harm[kind] += 1;
    this.object(`${kind}: ${what}`);
  }

  /** Notes what should not have been, once. */
  object(sentence: string): void {
    if (this.#objections.size < MOST_OBJECTIONS) this.#objections.add(sentence.slice(0, 1_000));
  }

  outcome(rows: Outcome['rows'] = []): Outcome {
    return {
      counts: Object.fromEntries(this.#counts),
      harm: { ...this.#harm },
      rows,
      objections: [...this.#objections],
    };
  }
}

/** Counts per row of a report's table and column, such as kinds of inputs and what they were answered. */
export class Grid {
  readonly #rows = new Map<string, Map<string, number>>();
  readonly #name: string;
  readonly #columns: readonly string[];

  constructor(name: string, columns: readonly string[]) {
    this.#name = name;
    this.#columns = columns;
  }

  count(row: string, column: string, by = 1): void {
    const cells = this.#rows.get(row) ?? new Map<string, number>();
    this.#rows.set(row, cells);
    cells.set(column, (cells.get(column) ?? 0) + by);
  }

  get rows(): Outcome['rows'] {
    return [...this.#rows].map(([row, cells]) => ({
      [this.#name]: row,
      ...Object.fromEntries(this.#columns.map((column) => [column, cells.get(column) ?? 0])),
    }));
  }
}
