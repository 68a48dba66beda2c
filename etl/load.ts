import type { Client } from 'pg';
import { copyInto, copyStatement, type Projected } from './copy.ts';
import { RebuildError } from './errors.ts';
import type { Progress } from './progress.ts';
import type { SourceTable } from './sources/source.ts';

/** A row of etl.raw_table: what may be filled, and what has to be. */
export interface RawTable {
  readonly table_name: string;
  readonly columns: readonly string[];
  readonly is_required: boolean;
  readonly required_columns: readonly string[];
}

/** Where a table of the source goes. Table and column names in it come from the catalogue only. */
interface Target {
  readonly table: string;
  readonly columns: readonly string[];
  readonly projection: readonly Projected[];
  readonly skippedColumns: readonly string[];
}

const RAW_SCHEMA = 'vpic';
/** All of NHTSA's two-column lookups share this table; its first column holds the lookup's own name. */
const LOOKUP_TABLE = 'lookup';
const LOOKUP_COLUMNS = ['id', 'name'];

export async function rawTables(client: Client): Promise<ReadonlyMap<string, RawTable>> {
  const { rows } = await client.query<RawTable>(
    'select table_name, columns, is_required, required_columns from etl.raw_table',
  );
  return new Map(rows.map((row) => [row.table_name, row]));
}

/**
 * Loads every table of a source that the catalogue or the lookups have a place for, and records each. Rows that no
 * release can hold are taken out again, and recorded as well.
 * @throws RebuildError (`source`) naming the tables and columns that are required and missing, or met twice.
 */
export async function loadTables(
  client: Client,
  runId: number,
  tables: AsyncIterable<SourceTable>,
  progress: Progress,
  signal?: AbortSignal,
): Promise<void> {
  const catalogue = await rawTables(client);
  const seen = new Set<string>();
  for await (const table of tables) {
    signal?.throwIfAborted();
    if (seen.has(table.name)) throw new RebuildError('source', `the source has two tables ${table.name}`);
    seen.add(table.name);
    progress.detail(table.name);
    const target = targetOf(table, catalogue);
    if (target) await loadTable(client, runId, table, target, progress, signal);
    else await skipTable(client, runId, table, progress);
  }
  const missing = [...catalogue.values()]
    .filter((raw) => raw.is_required && !seen.has(raw.table_name))
    .map((raw) => raw.table_name)
    .sort();
  if (missing.length > 0) {
    throw new RebuildError('source', `the source has no table ${missing.join(', ')}: is it a vPIC database?`);
  }
  progress.detail('rows that cannot be used');
  await client.query('select etl.reject_rows($1)', [runId]);
}

/** Null for a table that has no place with us. */
export function targetOf(
  table: Pick<SourceTable, 'name' | 'columns'>,
  catalogue: ReadonlyMap<string, RawTable>,
): Target | null {
  const raw = catalogue.get(table.name);
  if (raw) {
    const missing = raw.required_columns.filter((column) => !table.columns.includes(column));
    if (missing.length > 0) {
      throw new RebuildError(
        'source',
        `table ${table.name} of the source has no column ${missing.join(', ')}`,
      );
    }
    const columns = raw.columns.filter((column) => table.columns.includes(column));
    const skippedColumns = table.columns.filter((column) => !raw.columns.includes(column));
    if (columns.length === 0) return null;
    return {
      table: raw.table_name,
      columns,
      projection: columns.map((column) => ({ column })),
      skippedColumns,
    };
  }
  if (!LOOKUP_COLUMNS.every((column) => table.columns.includes(column))) return null;
  return {
    table: LOOKUP_TABLE,
    columns: ['lookup_table', ...LOOKUP_COLUMNS],
    projection: [{ constant: table.name }, ...LOOKUP_COLUMNS.map((column) => ({ column }))],
    skippedColumns: table.columns.filter((column) => !LOOKUP_COLUMNS.includes(column)),
  };
}

async function loadTable(
  client: Client,
  runId: number,
  table: SourceTable,
  target: Target,
  progress: Progress,
  signal?: AbortSignal,
): Promise<void> {
  const begun = performance.now();
  let rows = 0;
  let bytes = 0;
  async function* text(): AsyncGenerator<Buffer> {
    for await (const chunk of table.read(target.projection)) {
      rows += chunk.rows;
      bytes += chunk.bytes;
      yield chunk.text;
      progress.advance(chunk.rows, chunk.bytes);
    }
  }
  const statement = copyStatement(RAW_SCHEMA, target.table, target.columns);
  const stored = await copyInto(client, statement, text(), signal);
  if (stored !== rows) {
    throw new RebuildError('data', `of ${rows} rows of table ${table.name} the server stored ${stored}`);
  }
  await recordLoad(client, runId, table.name, rows, bytes, target.skippedColumns, begun);
}

/** Passes over a table without a place; how much that was is recorded. */
async function skipTable(
  client: Client,
  runId: number,
  table: SourceTable,
  progress: Progress,
): Promise<void> {
  const { rows, bytes } = await table.skip();
  progress.advance(rows, bytes);
  await client.query('select etl.record_skip($1, $2, $3, $4, $5)', [
    runId,
    table.name,
    rows,
    bytes,
    table.columns,
  ]);
}

async function recordLoad(
  client: Client,
  runId: number,
  name: string,
  rows: number,
  bytes: number,
  skippedColumns: readonly string[],
  begun: number,
): Promise<void> {
  await client.query('select etl.record_load($1, $2, $3, $4, $5, $6)', [
    runId,
    name,
    rows,
    bytes,
    skippedColumns,
    (performance.now() - begun) / 1000,
  ]);
}
