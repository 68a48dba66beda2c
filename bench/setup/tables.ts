import type pg from 'pg';
import { query } from './sql-file.ts';

/** Fills bench.answer with the finished answers of these VINs. */
export async function writeAnswers(client: pg.Client, vins: readonly string[]): Promise<void> {
  await query(client, 'setup/write_answers.sql', [vins]);
  await query(client, 'setup/vacuum_answers.sql');
}

export interface Remembered {
  /** Those of the siblings whose answers the memo can give. */
  vins: string[];
  /** What a reader has to know when the memo did not take what it was given. */
  note: string | null;
}

/**
 * Has the memo remember VINs, and finds the siblings that it then answers: those whose common part is the same for
 * all of their kind. What else is wrong with a VIN, the memo must not answer.
 */
export async function remember(
  client: pg.Client,
  vins: readonly string[],
  siblings: readonly string[],
): Promise<Remembered> {
  const [row] = await query<{ remembered: number }>(client, 'setup/remember.sql', [vins]);
  const remembered = row?.remembered ?? 0;
  const known = await query<{ vin: string }>(client, 'setup/common_vins.sql', [siblings]);
  const note =
    remembered > 0
      ? null
      : 'api.remember_vins kept nothing: the figures called "memo hit" are those of a whole decode.';
  return { vins: known.map(({ vin }) => vin), note };
}
