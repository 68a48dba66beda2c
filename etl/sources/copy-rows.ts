import type { Projected } from '../copy.ts';
import { encodeValue } from '../copy.ts';
import { SourceError } from '../errors.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BACKSLASH = 0x5c;
const PERIOD = 0x2e;

/**
 * What may follow a backslash: the escapes pg_dump writes and nothing else. COPY knows more (octal, hex, a bare
 * newline, and `\.` that makes PostgreSQL before 18 drop the rest of the data in silence); in a file of ours they
 * can only be damage or malice. With this rule a field's bytes can be handed on without decoding them.
 */
const ESCAPED = new Set(Buffer.from('bfnrtvN\\'));

/** What one call of `scan` found. */
export interface ScannedRows {
  /** Position after the last row taken, or after the end-of-data line. */
  readonly next: number;
  readonly rows: number;
  /** True once the `\.` line was met. */
  readonly ended: boolean;
  /** COPY text of the rows in the projection's columns; empty when rows are only counted. */
  readonly text: Buffer;
}

const NOTHING = Buffer.alloc(0);

/** Reads rows of one COPY block, checks their shape and rearranges their columns, all on bytes. */
export class RowScanner {
  readonly #table: string;
  readonly #columns: number;
  readonly #identity: boolean;
  // For each output column: the input column's index, or the constant's bytes.
  readonly #parts: readonly (number | Buffer)[];
  readonly #starts: Int32Array;
  readonly #count: boolean;

  /**
   * @param columns The block's columns, in lower case.
   * @param projection What each row shall become; null counts the rows only.
   */
  constructor(table: string, columns: readonly string[], projection: readonly Projected[] | null) {
    this.#table = table;
    this.#columns = columns.length;
    this.#count = projection === null;
    this.#parts = (projection ?? []).map((part) => {
      if ('constant' in part) return Buffer.from(encodeValue(part.constant));
      const index = columns.indexOf(part.column);
      if (index < 0) throw new SourceError(`table ${table} has no column ${part.column}`);
      return index;
    });
    this.#identity =
      this.#parts.length === columns.length && this.#parts.every((part, index) => part === index);
    // One more than there are columns: the position after the newline ends the last field.
    this.#starts = new Int32Array(columns.length + 1);
  }

  /**
   * Takes the rows of a block of whole lines from `from` on, until the block or the data ends.
   * @param line Number of the first line, for messages.
   * @throws SourceError naming table and line of a row that is not as it should be.
   */
  scan(block: Buffer, from: number, line: number): ScannedRows {
    const rearrange = !this.#identity && !this.#count;
    const out = rearrange ? new ByteSink(block.length - from) : null;
    const starts = this.#starts;
    const end = block.length;
    let rows = 0;
    let field = 0;
    let rowStart = from;
    starts[0] = from;
    for (let i = from; i < end; i++) {
      const c = block[i] as number;
      // Nearly every byte of the file leaves here.
      if (c > CARRIAGE_RETURN && c !== BACKSLASH) continue;
      if (c === TAB) {
        field++;
        if (field >= this.#columns) throw this.#wrongColumns(block, rowStart, line + rows);
        starts[field] = i + 1;
      } else if (c === NEWLINE) {
        if (field !== this.#columns - 1) throw this.#wrongColumns(block, rowStart, line + rows);
        starts[field + 1] = i + 1;
        if (out) this.#rearranged(block, out);
        rows++;
        field = 0;
        rowStart = i + 1;
        starts[0] = rowStart;
      } else if (c === BACKSLASH) {
        const next = block[i + 1] as number;
        if (next === PERIOD && i === rowStart && block[i + 2] === NEWLINE) {
          return { next: i + 3, rows, ended: true, text: this.#text(block, from, i, out) };
        }
        if (!ESCAPED.has(next)) throw this.#refused('an escape that pg_dump does not write', line + rows);
        i++;
      } else if (c === CARRIAGE_RETURN || c === 0) {
        throw this.#refused(c === 0 ? 'a zero byte' : 'a bare carriage return', line + rows);
      }
    }
    return { next: end, rows, ended: false, text: this.#text(block, from, end, out) };
  }

  #text(block: Buffer, from: number, to: number, out: ByteSink | null): Buffer {
    if (out) return out.bytes();
    return this.#count ? NOTHING : block.subarray(from, to);
  }

  #rearranged(block: Buffer, out: ByteSink): void {
    const parts = this.#parts;
    for (let p = 0; p < parts.length; p++) {
      const part = parts[p] as number | Buffer;
      if (p > 0) out.byte(TAB);
      if (typeof part !== 'number') out.range(part, 0, part.length);
      // A field ends one byte before the next one starts: at its tab or the row's newline.
      else out.range(block, this.#starts[part] as number, (this.#starts[part + 1] as number) - 1);
    }
    out.byte(NEWLINE);
  }

  #wrongColumns(block: Buffer, rowStart: number, line: number): SourceError {
    const row = block.subarray(rowStart, block.indexOf(NEWLINE, rowStart));
    const found = row.reduce((tabs, byte) => tabs + (byte === TAB ? 1 : 0), 1);
    return this.#refused(`${found} columns instead of ${this.#columns}`, line);
  }

  #refused(what: string, line: number): SourceError {
    return new SourceError(`table ${this.#table}, line ${line} of the dump: ${what}`);
  }
}

/** A growing buffer; fields are a few bytes long, for which a loop beats Buffer.copy. */
class ByteSink {
  #buffer: Buffer;
  #length = 0;

  constructor(capacity: number) {
    this.#buffer = Buffer.allocUnsafeSlow(Math.max(capacity, 64));
  }

  byte(value: number): void {
    if (this.#length === this.#buffer.length) this.#grow(1);
    this.#buffer[this.#length++] = value;
  }

  range(from: Buffer, start: number, end: number): void {
    if (this.#length + end - start > this.#buffer.length) this.#grow(end - start);
    if (end - start > 64) {
      from.copy(this.#buffer, this.#length, start, end);
      this.#length += end - start;
      return;
    }
    for (let i = start; i < end; i++) this.#buffer[this.#length++] = from[i] as number;
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(2 * this.#buffer.length + needed);
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
