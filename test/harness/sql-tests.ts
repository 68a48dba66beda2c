import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../../server/config.ts';
import { lineOf } from '../../server/database/sql-file.ts';
import type { Kind, TestServer } from './databases.ts';
import { tapSchema } from './pgtap.ts';
import type { Tally } from './tally.ts';
import { TapReader } from './tap.ts';

/** A pgTAP file and the database it runs in. */
export interface SqlTest {
  path: string;
  sql: string;
  needs: Kind;
}

/** Finds the pgTAP files below `filter`, in a fixed order. */
export function findSqlTests(filter = ''): SqlTest[] {
  return globSync(['functions/**/*.test.sql', 'sql/**/*.test.sql', 'migrations/**/*.test.sql'], {
    cwd: projectRoot,
  })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.startsWith(filter))
    .sort()
    .map((path) => {
      const sql = readFileSync(join(projectRoot, path), 'utf8');
      return { path, sql, needs: needOf(path, sql) };
    });
}

/** A remark `-- needs: data` or `-- needs: fixture` in a file's head; tests of the main database run there. */
export function needOf(path: string, text: string): Kind {
  const need = /^\s*(?:--|\/\/|\*)\s*needs:\s*(data|fixture)\s*$/m.exec(text)?.[1];
  if (need === 'data' || need === 'fixture') return need;
  return /^(migrations\/app|functions\/garage)\//.test(path) ? 'app' : 'empty';
}

/** Runs one file in one server, on a connection of its own, and adds what came of it to the tally. */
export async function runSqlTest(test: SqlTest, server: TestServer, tally: Tally): Promise<void> {
  const name = `${test.path} (PostgreSQL ${server.version})`;
  const url = server[test.needs];
  if (url === null) throw new Error(`${test.path} needs ${test.needs}, which was not prepared`);
  const faults = formFaults(test.sql);
  if (faults.length > 0) {
    tally.fail(name, faults);
    return;
  }
  const tap = new TapReader();
  const error = await stream(url, test.sql, (line) => tap.line(line));
  const trouble = tap.problems(true);
  if (error !== null) trouble.unshift(explain(error, test.sql));
  tally.add(name, tap, trouble);
}

/** A test file keeps nothing: it begins and rolls back, and it says how many tests it has. */
function formFaults(sql: string): string[] {
  const statements = sql.replaceAll(/--.*$/gm, '').trim().toLowerCase();
  const faults: string[] = [];
  if (!/^(begin|start transaction)\s*;/.test(statements)) faults.push('does not start with begin;');
  if (!/rollback\s*;?$/.test(statements)) faults.push('does not end with rollback;');
  if (!/\bplan\s*\(|\bskip_all\s*\(/.test(statements)) faults.push('has no plan(n)');
  return faults;
}

/** Sends the file as one query and passes on every line of every result, also of those before an error. */
async function stream(url: string, sql: string, onLine: (line: string) => void): Promise<Error | null> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'pgTAP',
    options: `-c search_path=public,${tapSchema} -c statement_timeout=600000`,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await new Promise((resolve) => {
      const query = new pg.Query(sql);
      query.on('row', (row: unknown) => {
        for (const value of Object.values(row as Record<string, unknown>)) {
          if (typeof value === 'string') for (const line of value.split('\n')) onLine(line);
        }
      });
      query.on('end', () => resolve(null));
      query.on('error', resolve);
      client.query(query);
    });
  } finally {
    await client.end();
  }
}

function explain(error: Error, sql: string): string {
  if (!(error instanceof pg.DatabaseError)) return error.message;
  const line = lineOf(sql, error.position);
  const more = [error.detail, error.hint, error.where].filter(Boolean).join('; ');
  return `${line === null ? '' : `line ${line}: `}${error.message} (${error.code}) ${more}`.trim();
}
