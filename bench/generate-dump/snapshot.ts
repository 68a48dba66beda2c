import { openBundled } from '../../etl/sources/bundled.ts';

/** The fields of a row as COPY text. */
export type Row = readonly string[];

/** Everything of the bundled snapshot but its patterns, which are too many to hold. */
export interface Snapshot {
  /** The rows of a table in the given columns; empty for a table that the snapshot lacks. */
  rows(table: string, columns: readonly string[]): readonly Row[];
  has(table: string): boolean;
}

const PATTERN_COLUMNS = ['id', 'vinschemaid', 'keys', 'elementid', 'attributeid', 'createdon', 'updatedon'];

/** Reads the small tables; a column that a table lacks is null in all its rows. */
export async function readSnapshot(dataDir: string): Promise<Snapshot> {
  const tables = new Map<string, { columns: readonly string[]; rows: Row[] }>();
  const source = await openBundled(dataDir);
  try {
    for await (const table of source.tables()) {
      const { name, columns } = table;
      if (name === 'pattern') continue;
      const rows: Row[] = [];
      for await (const { text } of table.read(columns.map((column) => ({ column }))))
        rows.push(...split(text));
      tables.set(name, { columns, rows });
    }
  } finally {
    await source.close();
  }
  return {
    has: (table) => tables.has(table),
    rows(table, columns) {
      const found = tables.get(table);
      if (!found) return [];
      const at = columns.map((column) => found.columns.indexOf(column));
      return found.rows.map((row) =>
        at.map((index, place) => asDumped(row[index] ?? '\\N', columns[place] ?? '')),
      );
    },
  };
}

/** The snapshot's patterns (id, schema, keys, variable, value, created, updated), some thousand at a time. */
export async function* readPatterns(dataDir: string): AsyncGenerator<readonly Row[]> {
  const source = await openBundled(dataDir);
  try {
    for await (const table of source.tables()) {
      if (table.name !== 'pattern') continue;
      for await (const { text } of table.read(PATTERN_COLUMNS.map((column) => ({ column })))) {
        yield split(text).map((row) => [...row.slice(0, 5), asTime(row[5] ?? ''), asTime(row[6] ?? '')]);
      }
    }
  } finally {
    await source.close();
  }
}

const TRUTHS: Readonly<Record<string, string>> = { 0: 'f', 1: 't' };

/** SQLite has neither booleans nor times; pg_dump writes both in its own way. */
function asDumped(value: string, column: string): string {
  if (/^(?:isprivate|isqs|tobeqced|noncompliant|noncompliantsetbyovsc|includeinequipplant)$/.test(column)) {
    return TRUTHS[value] ?? value;
  }
  return /(?:on|date)$/.test(column) ? asTime(value) : value;
}

function asTime(value: string): string {
  return value.charAt(10) === 'T' ? value.replace('T', ' ').replace('Z', '') : value;
}

function split(text: Buffer): Row[] {
  return text
    .toString()
    .slice(0, -1)
    .split('\n')
    .map((line) => line.split('\t'));
}
