/** Rows on their way from one database to another, as text, which is the same in every version of PostgreSQL. */

import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** A table that holds rows of ours: a partition's are its parent's. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** False: a crash of PostgreSQL empties it. */
  readonly isLogged: boolean;
}

const quote = (columns: readonly string[]): string =>
  columns.map((name) => pg.escapeIdentifier(name)).join(', ');

/** The tables of both databases' schemas, in a fixed order. */
export async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; isLogged: boolean }>(
    `select format('%I.%I', n.nspname, c.relname) as name, array_agg(a.attname::text order by a.attnum) as columns,
            c.relpersistence <> 'u' as "isLogged"
     from pg_catalog.pg_class as c
     inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
     inner join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('vpic', 'catalog', 'etl', 'garage')
     group by n.nspname, c.relname, c.relpersistence
     order by n.nspname, c.relname`,
  );
  return rows;
}

/** The rows of a table as one text, in an order that only they decide. */
export async function textOf(
  client: pg.Client,
  { name, columns }: Pick<Table, 'name' | 'columns'>,
): Promise<string> {
  const { rows } = await client.query<{ text: string | null }>(
    `select string_agg(r::text, e'\\n' order by r::text collate "C") as text from (select ${quote(columns)} from ${name}) as r`,
  );
  return rows[0]?.text ?? '';
}

/**
 * Copies the rows of every table that both have, by the columns that both have. References are not checked: the order of tables is not
 * theirs.
 */
export async function copyRows(from: pg.Client, to: pg.Client): Promise<void> {
  const there = new Map((await tablesOf(from)).map(({ name, columns }) => [name, columns]));
  await to.query("set session_replication_role = 'replica'");
  for (const { name, columns } of await tablesOf(to)) {
    const both = columns.filter((column) => there.get(name)?.includes(column));
    const emptied = await emptiedOf(from, name, await requiredOf(to, name, both));
    const common = both.filter((column) => !emptied.includes(column));
    if (common.length === 0) continue;
    const filled = await fillOthers(to, name, common);
    // What migrations fill themselves, such as the list of required columns, is there already.
    await to.query(`delete from ${name}`);
    const source = from.query(copyTo(`copy (select ${quote(common)} from ${name}) to stdout`));
    await pipeline(source, to.query(copyFrom(`copy ${name} (${quote(common)}) from stdin`)));
    for (const column of filled)
      await to.query(`alter table ${name} alter column ${pg.escapeIdentifier(column)} drop default`);
  }
  await to.query("set session_replication_role = 'origin'");
  await continueNumbers(to);
}

/** Those of the columns that allow no null. */
async function requiredOf(client: pg.Client, table: string, columns: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select a.attname as name
     from pg_catalog.pg_attribute as a
     where a.attrelid = $1::regclass and a.attnotnull and a.attname = any ($2)`,
    [table, columns],
  );
  return rows.map(({ name }) => name);
}

/** Those of the columns that some row has no value in: a later migration has allowed that. */
async function emptiedOf(client: pg.Client, table: string, columns: readonly string[]): Promise<string[]> {
  const emptied: string[] = [];
  for (const column of columns) {
    const { rowCount } = await client.query(
      `select from ${table} where ${pg.escapeIdentifier(column)} is null limit 1`,
    );
    if (rowCount === 1) emptied.push(column);
  }
  return emptied;
}

/** A column that a later migration takes away, or empties, has no values any more; where it allowed no null it gets the same one in every row. */
async function fillOthers(client: pg.Client, table: string, given: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; statement: string }>(
    `select a.attname as name, format(
       'alter table %s alter column %I set default %L', a.attrelid::regclass, a.attname,
       case t.typcategory when 'A' then '{}' when 'N' then '0' when 'B' then 'false' else '-' end
     ) as statement
     from pg_catalog.pg_attribute as a
     inner join pg_catalog.pg_type as t on t.oid = a.atttypid
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attnotnull and a.attidentity = '' and not a.atthasdef
       and a.attname <> all ($2)`,
    [table, given],
  );
  for (const { statement } of rows) await client.query(statement);
  return rows.map(({ name }) => name);
}

/** Rows with numbers of their own leave sequences behind: the next number would be one that is taken. */
async function continueNumbers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `select format(
       'select setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1, false) from %s', c.oid::regclass, a.attname, a.attname,
       c.oid::regclass
     ) as statement
     from pg_catalog.pg_attribute as a
     inner join pg_catalog.pg_class as c on c.oid = a.attrelid and c.relkind = 'r'
     inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace and n.nspname in ('catalog', 'etl')
     where a.attidentity <> ''`,
  );
  for (const { statement } of rows) await client.query(statement);
}
