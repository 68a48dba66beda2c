/** Every role tries everything: what it may do is what it was not refused. */

import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A statement that a role tries, and the letter that stands for it where it is not refused. */
export interface Attempt {
  readonly object: string;
  readonly letter: string;
  readonly statement: string;
}

interface ObjectsRow {
  object: string;
  letter: string;
  statement: string;
}

/**
 * Statements for all schemas, tables and routines that are not PostgreSQL's own. None of them leaves anything behind: reads and writes are of
 * no rows, routines are planned and not run, and what is made is rolled back.
 *
 * Routines go by their names: none is overloaded (functions/lint). Capital letters are for all columns, small ones for at least one.
 */
const ATTEMPTS = `
with ours as (
    select n.oid, n.nspname from pg_catalog.pg_namespace as n
    where n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'tap')
),
relation as (
    select c.oid, format('%I.%I', n.nspname, c.relname) as name, c.relkind
    from pg_catalog.pg_class as c inner join ours as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
),
field as (
    select r.oid, r.name, quote_ident(a.attname) as attname, format_type(a.atttypid, a.atttypmod) as type, a.attnum
    from relation as r
    inner join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
),
routine as (
    select p.oid, format('%I.%I()', n.nspname, p.proname) as name, p.prokind, format('%I.%I', n.nspname, p.proname) as called,
        (select coalesce(string_agg('null::' || t.type::regtype, ', ' order by t.at), '') from unnest(p.proargtypes::oid[]) with ordinality as t (type, at)) as nulls,
        (select coalesce(string_agg('s.c' || t.at, ', ' order by t.at), '') from unnest(p.proargtypes::oid[]) with ordinality as t (type, at)) as arguments,
        (select coalesce(string_agg(format('null::%s as c%s', t.type::regtype, t.at), ', ' order by t.at), '1 as c1') from unnest(p.proargtypes::oid[]) with ordinality as t (type, at)) as source
    from pg_catalog.pg_proc as p inner join ours as n on n.oid = p.pronamespace
    where p.prokind in ('f', 'p')
)
select 'schema ' || n.nspname as object, 'C' as letter, format('create table %I.tried ()', n.nspname) as statement from ours as n
union all select r.name, 'S', format('table %s limit 0', r.name) from relation as r
union all select r.name, 's', format('select from %s limit 0', r.name) from relation as r
union all select s.name, 'I', format('insert into %s (%s) select %s where false', s.name, string_agg(s.attname, ', '), string_agg('null::' || s.type, ', ')) from field as s group by s.name
union all select s.name, 'i', format('insert into %s (%s) select null::%s where false', s.name, s.attname, s.type) from field as s
union all select s.name, 'U', format('update %s set %s where false', s.name, string_agg(format('%s = null', s.attname), ', ')) from field as s group by s.name
union all select s.name, 'u', format('update %s set %s = null where false', s.name, s.attname) from field as s
union all select r.name, 'D', format('delete from %s where false', r.name) from relation as r
union all select r.name, 'T', format('truncate %s', r.name) from relation as r where r.relkind in ('r', 'p')
union all select r.name, 'X', case r.prokind
    when 'p' then format('call %s(%s)', r.called, r.nulls)
    -- A constant null would be the answer of a strict function before anybody is asked.
    else format('explain select %s(%s) from (select %s offset 0) as s', r.called, r.arguments, r.source)
end from routine as r`;

/** What an attacker would reach for next; nobody of ours may. */
export const POWERS: readonly string[] = [
  "copy (select 1) to program 'true'",
  "copy (select 1) to '/tmp/mvp-tried'",
  'create temporary table tried (t text); copy tried from program $$true$$',
  'create temporary table tried (t text); copy tried from $$/etc/passwd$$',
  "select pg_read_file('PG_VERSION')",
  "select pg_ls_dir('.')",
  "select pg_stat_file('PG_VERSION')",
  "select lo_import('/etc/passwd')",
  "select lo_export(1, '/tmp/mvp-tried')",
  'select pg_reload_conf()',
  'select pg_rotate_logfile()',
  'select pg_switch_wal()',
  'select * from pg_authid',
  'select * from pg_hba_file_rules',
  'select passwd from pg_shadow',
  "alter system set log_statement = 'none'",
  'set session_replication_role = replica',
  "load 'auto_explain.so'",
  'create role mvp_tried',
  'create database mvp_tried',
  'create schema mvp_tried',
  'create table public.mvp_tried ()',
  'create extension dblink',
  'create publication mvp_tried for all tables',
  'create server mvp_tried foreign data wrapper none',
  'create language plpython3u',
];

const TRIED = `create function pg_temp.tried(statements text[]) returns setof text language plpgsql as $$
declare
    statement text;
    reason text;
begin
    foreach statement in array statements loop
        begin
            execute statement;
            raise exception using errcode = 'VPDON';
        exception
            when sqlstate 'VPDON' then return next null;
            when others then
                get stacked diagnostics reason = message_text;
                return next sqlstate || ' ' || reason;
        end;
    end loop;
end;
$$`;

/** A login of its own that is a member of one role and takes it, or of none. */
export class Tryer {
  readonly #login = `tried_${randomBytes(6).toString('hex')}`;
  readonly #admin: pg.Client;
  readonly role: string | null;

  constructor(admin: pg.Client, role: string | null) {
    this.#admin = admin;
    this.role = role;
  }

  /** @returns the letters of an object for which nothing was refused, without small ones beside their capitals */
  async letters(url: string, attempts: readonly Attempt[]): Promise<Map<string, string>> {
    const letters = new Map<string, Set<string>>();
    await this.#connected(url, async (client) => {
      await client.query(TRIED);
      const { rows } = await client.query<{ tried: string | null }>('select pg_temp.tried($1) as tried', [
        attempts.map(({ statement }) => statement),
      ]);
      for (const [at, { tried }] of rows.entries()) {
        const attempt = attempts[at];
        if (attempt === undefined || isRefusal(tried)) continue;
        const found = letters.get(attempt.object) ?? new Set();
        letters.set(attempt.object, found.add(attempt.letter));
      }
    });
    return new Map(
      [...letters].map(([object, found]) => [
        object,
        [...found]
          .filter((letter) => letter === letter.toUpperCase() || !found.has(letter.toUpperCase()))
          .join(''),
      ]),
    );
  }

  /** @returns those of the statements that were not refused, each tried by itself and outside a transaction */
  async allowed(url: string, statements: readonly string[]): Promise<string[]> {
    const allowed: string[] = [];
    await this.#connected(url, async (client) => {
      for (const statement of statements) {
        await client.query(statement).then(
          () => allowed.push(statement),
          (error: pg.DatabaseError) => {
            if (!isRefusal(`${error.code} ${error.message}`)) allowed.push(`${statement}: ${error.message}`);
          },
        );
      }
    });
    return allowed;
  }

  async #connected(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
    const membership = this.role === null ? '' : `in role ${this.role}`;
    await this.#admin.query(`create role ${this.#login} login password 'tried' ${membership}`);
    const own = new URL(url);
    own.username = this.#login;
    own.password = 'tried';
    const client = new pg.Client({
      connectionString: own.href,
      ...(this.role !== null && { options: `-c role=${this.role}` }),
    });
    try {
      await client.connect();
      await work(client);
    } finally {
      await client.end();
      await this.#admin.query(`drop role ${this.#login}`);
    }
  }
}

/**
 * 42501: not allowed. The others come before rights are looked at, and are the same for everybody: a view that nobody can write to (55000,
 * 0A000), a column that counts by itself behind one (428C9), a language or a file that is not there (42704, 58P01).
 */
function isRefusal(outcome: string | null): boolean {
  return outcome !== null && /^(42501|55000|428C9|0A000|42704|58P01) /.test(outcome);
}

/** All there is to try in a database. */
export async function attemptsOf(client: pg.Client): Promise<Attempt[]> {
  const { rows } = await client.query<ObjectsRow>(ATTEMPTS);
  return rows;
}
