/** One request, one statement, one call of a function of schema `api`. */

import type pg from 'pg';
import type { Queries } from '../database/queries.ts';
import { unavailable } from '../problem.ts';
import { problemOfDatabaseError } from '../sqlstate.ts';
import type { Answer } from './answer.ts';

/**
 * A statement that PostgreSQL parses and plans once a connection; the name must be unique in the service.
 * It gives one row with columns `body` (JSON text, sent on as it is: never parsed, never built anew) and `version`
 * (`api.data_version()`). Both in one statement, because one statement sees one snapshot: an answer carries the
 * version it was made from even when a publish comes in between, and it costs no second round trip.
 */
export interface Statement {
  name: string;
  text: string;
}

/** The row of a {@link Statement}; `version` is null while nothing is published. */
interface AnswerRow {
  body: string;
  version: string | null;
}

/** Parameters of a statement; a list is one of PostgreSQL's arrays. */
export type StatementValues = ReadonlyArray<
  string | number | boolean | undefined | ReadonlyArray<string | number | null>
>;

/** Seconds until a service without data is worth asking again: its first load takes a minute or two. */
const RETRY_AFTER_NO_DATA = 30;

/**
 * Runs the statement.
 *
 * @param values the parameters; undefined is SQL's null
 * @throws Problem as the SQLSTATE table says; 503 when no data is published; the error itself when it is neither
 */
export async function ask<Row extends AnswerRow = AnswerRow>(
  platform: Queries,
  statement: Statement,
  values: StatementValues,
): Promise<Row & Answer> {
  const row = await oneRow<Row>(platform, statement, values);
  const { version } = row;
  if (version === null) {
    throw unavailable(
      'no vehicle data is published yet; the first load is still to come',
      RETRY_AFTER_NO_DATA,
    );
  }
  return { ...row, version };
}

async function oneRow<Row extends AnswerRow>(
  platform: Queries,
  statement: Statement,
  values: StatementValues,
): Promise<Row> {
  const [row] = await askAll<Row>(platform, statement, values);
  if (row === undefined) throw new Error(`statement ${statement.name} gave no row`);
  return row;
}

/**
 * Runs a statement that gives rows of its own kind.
 *
 * @throws Problem as the SQLSTATE table says; the error itself when the table does not know it
 */
export async function askAll<Row extends pg.QueryResultRow>(
  platform: Queries,
  { name, text }: Statement,
  values: StatementValues,
): Promise<Row[]> {
  try {
    const { rows } = await platform.query<Row>({ name, text, values: [...values] });
    return rows;
  } catch (error) {
    throw problemOfDatabaseError(error) ?? error;
  }
}
