import pg from 'pg';
import { Failure } from '../failure.ts';

/** An SQL file and the path that people know it by. */
export interface SqlFile {
  path: string;
  sql: string;
}

/**
 * Sends a whole file as one query. Never split at semicolons: bodies in dollar quotes and `begin atomic … end`
 * hold them too.
 * @throws {Failure} PostgreSQL's error with the file and the line; missing rights (42501) keep their code
 */
export async function runSqlFile(client: pg.Client, file: SqlFile): Promise<pg.QueryResult[]> {
  try {
    const results: unknown = await client.query(file.sql);
    return (Array.isArray(results) ? results : [results]) as pg.QueryResult[];
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new SqlFailure(file, error);
  }
}

/** An error of PostgreSQL in a file: `functions/vin/wmi.sql:7: column "x" does not exist (42703)`. */
export class SqlFailure extends Failure {
  readonly code: string | undefined;

  constructor(file: SqlFile, error: pg.DatabaseError) {
    const line = lineOf(file.sql, error.position);
    const more = [error.detail, error.hint, line === null ? error.where : undefined]
      .filter((text) => text !== undefined)
      .map((text) => `; ${text.replaceAll(/\s*\n\s*/g, ' ')}`)
      .join('');
    super(`${file.path}${line === null ? '' : `:${line}`}: ${error.message} (${error.code})${more}`, {
      cause: error,
    });
    this.code = error.code;
  }
}

/**
 * The line of a position in a text.
 * @param position PostgreSQL's: counted from 1 in characters, where JavaScript counts UTF-16 units
 */
export function lineOf(text: string, position: string | undefined): number | null {
  const characters = Number(position);
  if (position === undefined || !Number.isInteger(characters)) return null;
  let line = 1;
  let seen = 1;
  for (const character of text) {
    if (seen++ >= characters) break;
    if (character === '\n') line++;
  }
  return line;
}
