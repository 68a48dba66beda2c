import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Client, escapeIdentifier } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** A value as SQLite gives it. Blobs have no place in vPIC and are not accepted. */
export type CopyValue = string | number | bigint | boolean | null;

/** Some rows as PostgreSQL COPY text, each ended by a newline, with what they stand for in the source. */
export interface CopyChunk {
  readonly text: Buffer;
  readonly rows: number;
  /** Bytes of the source that these rows took; for sources that are not text, the bytes of `text`. */
  readonly bytes: number;
}

/** What a column of our table is filled with: a column of the source, or the same text in every row. */
export type Projected = { readonly column: string } | { readonly constant: string };

/**
 * Large enough that the message overhead vanishes (below 64 kB the load slows down), small enough that
 * the batches in flight (socket buffer, stream queue, the one being made) stay around a megabyte.
 */
export const BATCH_BYTES = 128 * 1024;

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters COPY text escapes.
const NEEDS_ESCAPE = /[\\\x08-\x0d]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above, for every occurrence.
const EVERY_ESCAPE = /[\\\x08-\x0d]/g;

/** One value as a COPY text field. The empty string stays empty, null is `\N`. */
export function encodeValue(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value !== 'string') return String(value);
  // Testing first is three times faster than replacing always: hardly any value needs it.
  return NEEDS_ESCAPE.test(value) ? value.replace(EVERY_ESCAPE, (char) => ESCAPES[char] ?? char) : value;
}

/** One row as a line of COPY text, newline included. */
export function encodeRow(values: readonly CopyValue[]): string {
  let line = '';
  for (let i = 0; i < values.length; i++) {
    if (i > 0) line += '\t';
    line += encodeValue(values[i] ?? null);
  }
  return `${line}\n`;
}

/** Rows as COPY text in batches of about `batchBytes`. Lazy: a batch is made when it is asked for. */
export function* encodeRows(
  rows: Iterable<readonly CopyValue[]>,
  batchBytes = BATCH_BYTES,
): Generator<CopyChunk> {
  let text = '';
  let count = 0;
  for (const row of rows) {
    text += encodeRow(row);
    count++;
    if (text.length >= batchBytes) {
      yield toChunk(text, count);
      text = '';
      count = 0;
    }
  }
  if (count > 0) yield toChunk(text, count);
}

function toChunk(text: string, rows: number): CopyChunk {
  const buffer = Buffer.from(text, 'utf8');
  return { text: buffer, rows, bytes: buffer.length };
}

/** The COPY statement for a table. Names must come from the catalogue of raw tables, never from a source. */
export function copyStatement(schema: string, table: string, columns: readonly string[]): string {
  const target = `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
  const list = columns.map((column) => escapeIdentifier(column)).join(', ');
  return `copy ${target} (${list}) from stdin with (format text, encoding 'UTF8')`;
}

/**
 * Streams COPY text into a table with back-pressure and returns the number of rows the server stored.
 * An error of `chunks` (a damaged source) or an abort ends the COPY with CopyFail, so that nothing of it stays.
 * @throws the source's error or the server's (pg DatabaseError); after an abort an AbortError or the server's 57014.
 */
export async function copyInto(
  client: Client,
  statement: string,
  chunks: AsyncIterable<Buffer> | Readable,
  signal?: AbortSignal,
): Promise<number> {
  const copy = client.query(copyFrom(statement));
  await pipeline(chunks, copy, signal ? { signal } : {});
  return copy.rowCount;
}
