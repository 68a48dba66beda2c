import { type CopyValue, encodeRow } from '../copy.ts';
import { readDump } from '../sources/dump-reader.ts';
import { DUMP_LIMITS, type DumpLimits } from '../sources/limits.ts';

export interface TableRows {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CopyValue[])[];
}

/** The frame that pg_dump 18 puts around its data. */
export function makeDump(tables: readonly TableRows[]): string {
  const blocks = tables.map(
    ({ name, columns, rows }) =>
      `--\n-- Data for Name: ${name}; Type: TABLE DATA; Schema: vpic; Owner: -\n--\n\n` +
      `COPY vpic.${name} (${columns.map((column) => `"${column}"`).join(', ')}) FROM stdin;\n` +
      `${rows.map(encodeRow).join('')}\\.\n\n\n`,
  );
  return (
    `--\n-- PostgreSQL database dump\n--\n\n\\restrict abc\n\nSET client_encoding = 'UTF8';\n` +
    `CREATE FUNCTION vpic.f() RETURNS void\n    LANGUAGE plpgsql\n    AS $_$ begin perform 'it''s'; end; $_$;\n\n` +
    `${blocks.join('')}\\unrestrict abc\n`
  );
}

/** Undoes encodeRow by COPY's documented rules, written apart from the code under test. */
export function decodeRows(text: string): (string | null)[][] {
  const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) =>
    line
      .split('\t')
      .map((field) =>
        field === '\\N' ? null : field.replace(/\\(.)/g, (_, char: string) => escapes[char] ?? char),
      ),
  );
}

/** Bytes in pieces of the given lengths, used in turn. */
export async function* inPieces(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const end = at + Math.max(lengths[i % lengths.length] ?? bytes.length, 1);
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** Reads a dump given as text; every column of every table in the dump's order, values as text. */
export async function readAll(
  dump: string | Buffer,
  limits: Partial<DumpLimits> = {},
): Promise<{ name: string; columns: readonly string[]; rows: (string | null)[][] }[]> {
  const found = [];
  const chunks = inPieces(Buffer.from(dump), [64 * 1024]);
  for await (const table of readDump(chunks, { ...DUMP_LIMITS, ...limits })) {
    let text = '';
    for await (const chunk of table.read(table.columns.map((column) => ({ column })))) text += chunk.text;
    found.push({ name: table.name, columns: table.columns, rows: decodeRows(text) });
  }
  return found;
}
