import type { CopyChunk, Projected } from '../copy.ts';
import { SourceError } from '../errors.ts';
import { type CopyHeader, parseCopyHeader } from './copy-header.ts';
import { RowScanner } from './copy-rows.ts';
import type { DumpLimits } from './limits.ts';
import { lineBlocks } from './line-blocks.ts';
import type { SourceTable } from './source.ts';
import { SqlLexer } from './sql-lexer.ts';

const NEWLINE = 0x0a;
/** The schema of NHTSA's dump; COPY blocks of any other are passed over. */
const SCHEMA = 'vpic';

/**
 * The tables of a plain pg_dump file, read as data: nothing but the rows of `COPY vpic.… FROM stdin;` blocks comes
 * out of it, and no statement of it reaches a server.
 * @throws SourceError while being read, when the file is cut off, malformed or beyond the limits.
 */
export async function* readDump(
  chunks: AsyncIterable<Buffer>,
  limits: DumpLimits,
): AsyncGenerator<SourceTable> {
  const cursor = new Cursor(lineBlocks(chunks, limits));
  try {
    for (let tables = 1; ; tables++) {
      const header = await nextHeader(cursor);
      if (!header) return;
      if (tables > limits.maxTables) {
        throw new SourceError(`the dump has more than ${limits.maxTables} tables: not a dump of vPIC`);
      }
      const table = new DumpTable(cursor, header);
      if (header.schema === SCHEMA && header.columns) yield table;
      await table.finish();
    }
  } finally {
    await cursor.close();
  }
}

/** The current block of whole lines and how far it is read. */
class Cursor {
  block: Buffer = Buffer.alloc(0);
  position = 0;
  /** Number of the line at `position`, counted from 1. */
  line = 1;
  readonly #blocks: AsyncGenerator<Buffer>;

  constructor(blocks: AsyncGenerator<Buffer>) {
    this.#blocks = blocks;
  }

  /** Makes sure there is something to read; false at the end of the file. */
  async fill(): Promise<boolean> {
    if (this.position < this.block.length) return true;
    const next = await this.#blocks.next();
    if (next.done) return false;
    this.block = next.value;
    this.position = 0;
    return true;
  }

  async close(): Promise<void> {
    await this.#blocks.return(undefined);
  }
}

/** Passes over SQL until the next COPY block; null when the file ends where a statement may end. */
async function nextHeader(cursor: Cursor): Promise<CopyHeader | null> {
  const lexer = new SqlLexer();
  while (await cursor.fill()) {
    const { block } = cursor;
    while (cursor.position < block.length) {
      const end = block.indexOf(NEWLINE, cursor.position);
      const line = block.subarray(cursor.position, end);
      const number = cursor.line;
      // UTF-16 without a mark is valid UTF-8 wherever its text is English, with a zero byte beside each letter.
      if (line.includes(0)) throw new SourceError(`line ${number}: a zero byte, so this is no dump in UTF-8`);
      const copyAt = lexer.line(line, number);
      cursor.position = end + 1;
      cursor.line++;
      if (copyAt < 0) continue;
      const header = copyAt === 0 ? parseCopyHeader(line) : null;
      if (!header) throw new SourceError(`line ${number}: a COPY statement of a form pg_dump does not write`);
      return header;
    }
  }
  const open = lexer.unfinished();
  if (open)
    throw new SourceError(`the dump is cut off inside a ${open.what} that began on line ${open.since}`);
  return null;
}

class DumpTable implements SourceTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly #cursor: Cursor;
  readonly #known: boolean;
  #state: 'new' | 'begun' | 'ended' = 'new';

  constructor(cursor: Cursor, header: CopyHeader) {
    this.#cursor = cursor;
    this.name = header.table;
    this.columns = header.columns ?? [];
    this.#known = header.columns !== null;
  }

  read(projection: readonly Projected[]): AsyncGenerator<CopyChunk> {
    return this.#rows(new RowScanner(this.name, this.columns, projection));
  }

  async skip(): Promise<{ rows: number; bytes: number }> {
    const total = { rows: 0, bytes: 0 };
    for await (const chunk of this.#rows(new RowScanner(this.name, this.columns, null))) {
      total.rows += chunk.rows;
      total.bytes += chunk.bytes;
    }
    return total;
  }

  /** Leaves the cursor behind the block, whatever its reader did. */
  async finish(): Promise<void> {
    if (this.#state === 'ended') return;
    if (this.#state === 'begun') throw new Error(`table ${this.name} was left half read`);
    if (this.#known) await this.skip();
    else await this.#passOver();
  }

  async *#rows(scanner: RowScanner): AsyncGenerator<CopyChunk> {
    if (this.#state !== 'new') throw new Error(`table ${this.name} can be read once only`);
    this.#state = 'begun';
    const cursor = this.#cursor;
    while (await cursor.fill()) {
      const from = cursor.position;
      const { next, rows, ended, text } = scanner.scan(cursor.block, from, cursor.line);
      cursor.position = next;
      cursor.line += rows + (ended ? 1 : 0);
      if (ended) this.#state = 'ended';
      if (rows > 0) yield { text, rows, bytes: next - from };
      if (ended) return;
    }
    throw this.#cutOff();
  }

  /** A block that does not name its columns: only its end is looked for. */
  async #passOver(): Promise<void> {
    const cursor = this.#cursor;
    while (await cursor.fill()) {
      const end = cursor.block.indexOf(NEWLINE, cursor.position);
      const line = cursor.block.toString('latin1', cursor.position, end);
      cursor.position = end + 1;
      cursor.line++;
      if (line === '\\.') return;
    }
    throw this.#cutOff();
  }

  #cutOff(): SourceError {
    return new SourceError(`the dump is cut off in table ${this.name}, line ${this.#cursor.line}`);
  }
}
