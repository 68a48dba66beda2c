import type pg from 'pg';
import { Failure } from '../../server/failure.ts';
import { readQuery } from './catalog.ts';
import { lookAlikes, misreadProbability, vinCharacters } from './misreading.ts';

/**
 * Compares the error model here with the decoder's.
 * @returns whether the database has one; older ones do not
 * @throws {Failure} when the two differ
 */
export async function compareErrorModels(pool: pg.Pool): Promise<boolean> {
  const { rows: known } = await pool.query<{ has_error_model: boolean }>(await readQuery('functions.sql'));
  if (known[0]?.has_error_model !== true) return false;
  const { rows } = await pool.query<{
    meant: string;
    typed: string;
    look_alikes: string;
    probability: number;
  }>(await readQuery('misreading.sql'), [vinCharacters]);
  for (const { meant, typed, look_alikes: alike, probability } of rows) {
    const sorted = Array.from(alike ?? '')
      .sort()
      .join('');
    if (sorted !== lookAlikes(meant)) {
      throw new Failure(
        `decoder.look_alikes('${meant}') is '${sorted}', bench/calibration/misreading.ts says '${lookAlikes(meant)}': make them the same`,
      );
    }
    const expected = misreadProbability(meant, typed);
    if (Math.abs((probability ?? 0) - expected) > 1e-9) {
      throw new Failure(
        `decoder.misread_probability('${meant}', '${typed}') is ${probability}, bench/calibration/misreading.ts says ${expected}: make them the same`,
      );
    }
  }
  return true;
}
