/** Editions of the vehicle data: the bundled snapshot as a dump, with the edition's number in the name of every model. */

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, renameSync } from 'node:fs';
import { join } from 'node:path';
import { openBundled } from '../../etl/sources/bundled.ts';
import type { SourceTable } from '../../etl/sources/source.ts';

/** Of pg_dump's plain format, what a rebuild looks at. */
const HEAD = '--\n-- PostgreSQL database dump\n--\n\n';

/** The number stands behind a character that no name in vPIC has. */
const MARK = '~';
const EVERY_MARK = /~(\d+)/g;

/** The editions that a text names, each once. */
export function editionsIn(text: string): number[] {
  return [...new Set(Array.from(text.matchAll(EVERY_MARK), ([, number]) => Number(number)))];
}

/** A file that workers load, and that is another edition each time that it is asked for. */
export class Editions {
  /** What the workers are configured with: its name has no month, so that a data version is a digest of its content. */
  readonly file: string;
  readonly #folder: string;
  /** By the beginning of the data version. */
  readonly #numbers = new Map<string, number>();
  readonly #every: number;
  #latest = 0;

  /**
   * @param folder of the caller's, for the file and what is made on the way to it
   * @param every keeps the patterns of every so many schemas: 1 is all of the data, more makes rebuilds shorter
   */
  constructor(folder: string, every: number) {
    this.#folder = folder;
    this.#every = every;
    this.file = join(folder, 'vehicles.sql');
  }

  /** The edition of a data version; null when it is of none. */
  numberOf(version: string): number | null {
    const [, content = ''] = /^(file-[0-9a-f]+)-r\d+$/.exec(version) ?? [];
    return this.#numbers.get(content) ?? null;
  }

  /** Puts the next edition where the workers look. @returns its number */
  async next(): Promise<number> {
    const number = this.#latest + 1;
    const part = join(this.#folder, 'vehicles.part');
    const out = createWriteStream(part);
    const digest = createHash('sha256');
    const write = async (piece: string | Buffer): Promise<void> => {
      digest.update(piece);
      if (!out.write(piece)) await once(out, 'drain');
    };
    const source = await openBundled(this.#folder);
    try {
      await write(HEAD);
      for await (const table of source.tables())
        await writeTable(table, this.#changeOf(table, number), write);
    } finally {
      await source.close();
      out.end();
      await once(out, 'close');
    }
    renameSync(part, this.file);
    this.#numbers.set(`file-${digest.digest('hex').slice(0, 12)}`, number);
    this.#latest = number;
    return number;
  }

  #changeOf({ name, columns }: SourceTable, number: number): ((rows: string) => string) | null {
    if (name === 'model') return (rows) => marked(rows, columns.indexOf('name'), number);
    if (name === 'pattern' && this.#every > 1) {
      return (rows) => thinned(rows, columns.indexOf('vinschemaid'), this.#every);
    }
    return null;
  }
}

async function writeTable(
  { name, columns, read }: SourceTable,
  change: ((rows: string) => string) | null,
  write: (piece: string | Buffer) => Promise<void>,
): Promise<void> {
  await write(`COPY vpic.${name} (${columns.map((column) => `"${column}"`).join(', ')}) FROM stdin;\n`);
  for await (const { text } of read(columns.map((column) => ({ column })))) {
    await write(change === null ? text : change(text.toString()));
  }
  await write('\\.\n\n');
}

/** Of rows of COPY text those with a multiple of a number in one of their fields. */
export function thinned(rows: string, at: number, every: number): string {
  return rows
    .split('\n')
    .filter((row) => row === '' || Number(row.split('\t')[at]) % every === 0)
    .join('\n');
}

/** Rows of COPY text with the edition behind one of their fields. */
export function marked(rows: string, at: number, edition: number): string {
  return rows
    .split('\n')
    .map((row) =>
      row === ''
        ? row
        : row
            .split('\t')
            .with(at, `${row.split('\t')[at]} ${MARK}${edition}`)
            .join('\t'),
    )
    .join('\n');
}
