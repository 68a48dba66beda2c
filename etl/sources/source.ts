import { stat } from 'node:fs/promises';
import type { CopyChunk, Projected } from '../copy.ts';
import { SourceError } from '../errors.ts';
import { openBundled } from './bundled.ts';
import { openDump } from './dump.ts';

/** Where the data came from, recorded with the run. */
export interface SourceDescription {
  readonly kind: 'bundled' | 'dump';
  /** File name, or package@version for the bundled snapshot. */
  readonly name: string;
  readonly path: string;
  /** Size of the file as it lies on disk, in bytes. */
  readonly size: number;
  readonly sha256: string;
  /** Data version: `2026-03` for NHTSA's monthly dump, the youngest row's date for the bundled snapshot. */
  readonly version: string;
}

/** One table of a source. Read it before asking for the next; what is not read is passed over. */
export interface SourceTable {
  /** In lower case, as NHTSA's PostgreSQL dump names it. */
  readonly name: string;
  /** In lower case, in the source's order. */
  readonly columns: readonly string[];
  /** The rows as COPY text with the given columns, in the given order. Single use. */
  read(projection: readonly Projected[]): AsyncIterable<CopyChunk>;
  /** Passes over the rows and counts them; they are checked for shape all the same. */
  skip(): Promise<{ readonly rows: number; readonly bytes: number }>;
}

/** A vPIC data set: data only, nothing of it is ever executed. */
export interface Source {
  /** What was asked for: `bundled` or a path. */
  readonly spec: string;
  readonly version: string;
  /** Rows or bytes of all tables together where the source knows them beforehand; for progress only. */
  readonly totalRows: number | null;
  readonly totalBytes: number | null;
  describe(): SourceDescription;
  /** The tables in the source's order. Single use. */
  tables(): AsyncIterable<SourceTable>;
  /** Releases files and handles; safe to call twice, and after failures. */
  close(): Promise<void>;
}

/** What the messages offer when a source is not known. */
const KNOWN = 'use "bundled" or the path of a .zip, .sql or .sql.gz file of vPIC';

/**
 * Opens a source by its specification.
 * @param spec `bundled`, or the path of NHTSA's dump (.zip, .sql, .sql.gz).
 * @param dataDir Directory for temporary files; made when missing.
 * @throws SourceError with one line that says what is wrong with the source.
 */
export async function openSource(spec: string, dataDir: string): Promise<Source> {
  if (spec === 'bundled') return openBundled(dataDir);
  if (spec === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(spec) || spec === 'nhtsa') {
    throw new SourceError(`unknown data source "${spec}": ${KNOWN}`);
  }
  if (!/\.(?:zip|sql|sql\.gz)$/i.test(spec)) {
    const exists = await stat(spec).then(
      () => true,
      () => false,
    );
    throw new SourceError(`${exists ? 'unsuitable data source' : 'unknown data source'} "${spec}": ${KNOWN}`);
  }
  return openDump(spec);
}
