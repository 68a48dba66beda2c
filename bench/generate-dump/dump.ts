import { makeMakers } from './makers.ts';
import { growPatterns, planPatterns, unstatedVariables } from './patterns.ts';
import { TABLES, type TableShape } from './shape.ts';
import { readPatterns, readSnapshot } from './snapshot.ts';
import { makeSpecs } from './specs.ts';
import { idsOf, type Parts, rowsOf } from './tables.ts';

/** How much of the file is made at a time, in characters. */
const CHUNK = 256 * 1024;

export interface DumpRequest {
  /** For temporary files. */
  readonly dataDir: string;
  /** 1: as many rows as NHTSA's release of September 2026. */
  readonly scale: number;
  readonly seed: number;
  /** Told of each table once it is written. */
  readonly onTable: (name: string, rows: number) => void;
}

/**
 * The SQL of a dump in NHTSA's format: what pg_dump 18 writes around the data, and the data of all 97 tables. Streamed;
 * the same request gives the same bytes.
 */
export async function* generateDump({ dataDir, scale, seed, onTable }: DumpRequest): AsyncGenerator<Buffer> {
  const snapshot = await readSnapshot(dataDir);
  const makers = makeMakers(snapshot, scale, seed);
  const stated = new Set<string>();
  const plan = await planPatterns(noting(readPatterns(dataDir), stated), makers);
  const tables = new Map(TABLES.map((table) => [table.name, table]));
  const variables = unstatedVariables(snapshot, stated, (name) => idsOf(tables.get(name), snapshot));
  const parts: Parts = {
    snapshot,
    makers,
    specs: makeSpecs(snapshot, makers, scale, seed),
    patterns: growPatterns(readPatterns(dataDir), plan, makers, variables, scale, seed),
    scale,
    seed,
  };
  yield Buffer.from(head());
  for (const table of TABLES) {
    let rows = 0;
    let text = `--\n-- Data for Name: ${table.name}; Type: TABLE DATA; Schema: vpic; Owner: -\n--\n\n`;
    text += `COPY vpic.${table.name} (${table.columns.join(', ')}) FROM stdin;\n`;
    for await (const row of rowsOf(table, parts)) {
      text += `${row.join('\t')}\n`;
      rows++;
      if (text.length < CHUNK) continue;
      yield Buffer.from(text);
      text = '';
    }
    yield Buffer.from(`${text}\\.\n\n\n`);
    onTable(table.name, rows);
  }
  yield Buffer.from(tail());
}

/** Passes the patterns on and notes which variables they state. */
async function* noting<T extends readonly (readonly string[])[]>(
  batches: AsyncIterable<T>,
  stated: Set<string>,
): AsyncGenerator<T> {
  for await (const rows of batches) {
    for (const row of rows) stated.add(row[3] ?? '');
    yield rows;
  }
}

const RESTRICT = 'b9mVcQz7Jd2KfYw4TnHs8XrPg6LaEu3CiOo5Mk1BtNvDxSyRqWjAhZeUlGpFI0';

function head(): string {
  const functions = Array.from(
    { length: 15 },
    (_, n) =>
      `--\n-- Name: fn_${n}(); Type: FUNCTION; Schema: vpic; Owner: -\n--\n\n` +
      `CREATE FUNCTION vpic.fn_${n}(v character varying) RETURNS text\n    LANGUAGE plpgsql\n    AS $_$\n` +
      `DECLARE\n    found text := 'it''s $1 of ${n}';\nBEGIN\n    -- COPY vpic.make (id, name) FROM stdin;\n    RETURN found;\nEND;\n$_$;\n\n\n`,
  );
  return `--
-- PostgreSQL database dump
--

\\restrict ${RESTRICT}

-- Dumped from database version 17.6
-- Dumped by pg_dump version 18.3

SET statement_timeout = 0;
SET lock_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET row_security = off;

CREATE SCHEMA vpic;


${functions.join('')}${TABLES.map(tableDefinition).join('')}`;
}

function tableDefinition({ name, columns }: TableShape): string {
  const list = columns.map((column) => `    ${column} character varying(500)`).join(',\n');
  return `--\n-- Name: ${name}; Type: TABLE; Schema: vpic; Owner: -\n--\n\nCREATE TABLE vpic.${name} (\n${list}\n);\n\n\n`;
}

function tail(): string {
  const sequences = TABLES.map(
    ({ name }) =>
      `--\n-- Name: ${name}_id_seq; Type: SEQUENCE SET; Schema: vpic; Owner: -\n--\n\nSELECT pg_catalog.setval('vpic.${name}_id_seq', 1, false);\n\n\n`,
  );
  return `${sequences.join('')}--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict ${RESTRICT}\n\n`;
}
