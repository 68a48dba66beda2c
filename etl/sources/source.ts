import { stat } from 'node:fs/promises';
import { z } from 'zod';
import type { CopyChunk, Projected } from '../copy.ts';
import { SourceError } from '../errors.ts';
import { openBundled } from './bundled.ts';
import { openDump } from './dump.ts';
import { openNhtsa } from './nhtsa.ts';
import { type FetchOptions, openRemote } from './remote.ts';

const file = z.object({
  /** File name, or package@version for the bundled snapshot. */
  name: z.string(),
  path: z.string(),
  /** Size of the file as it lies on disk, in bytes. */
  size: z.int(),
  sha256: z.string(),
  /** Data version: `2026-03` for NHTSA's monthly dump, the youngest row's date for the bundled snapshot. */
  version: z.string(),
});
const description = z.discriminatedUnion('kind', [
  file.extend({ kind: z.enum(['bundled', 'dump']) }),
  file.extend({
    kind: z.literal('download'),
    /** Where it came from, and by what the server recognizes it. */
    url: z.string(),
    etag: z.string().nullable(),
    lastModified: z.string().nullable(),
  }),
]);

/** Where the data came from, recorded with the run. */
export type SourceDescription = Readonly<z.output<typeof description>>;

/** What a run recorded (etl.run.source_detail); null when it is not a description of a source. */
export function readDescription(recorded: unknown): SourceDescription | null {
  return description.safeParse(recorded).data ?? null;
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
  /** What was asked for: `bundled`, `nhtsa`, a path or a URL (without its query). */
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
const KNOWN = 'use "bundled", "nhtsa", or the path or https URL of a .zip, .sql or .sql.gz file of vPIC';

/**
 * Opens a source by its specification.
 * @param spec `bundled`, `nhtsa`, or the path or URL of a dump in NHTSA's format (.zip, .sql, .sql.gz).
 * @param dataDir Directory for temporary files and downloads; made when missing.
 * @throws SourceError with one line that says what is wrong with the source; RebuildError when the disk is full.
 */
export async function openSource(spec: string, dataDir: string, options: FetchOptions = {}): Promise<Source> {
  if (spec === 'bundled') return openBundled(dataDir);
  if (spec === 'nhtsa') return openNhtsa(dataDir, options);
  if (/^https?:\/\//i.test(spec)) return openRemote(spec, dataDir, options);
  if (spec === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(spec)) {
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
