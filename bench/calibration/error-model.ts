import type pg from 'pg';
import { Failure } from '../../server/failure.ts';
import { readQuery } from './catalog.ts';
import { foreignShare } from './draw.ts';
import {
  assumedRate,
  lookAlikeShare,
  lookAlikes,
  misreadProbability,
  swapShare,
  vinCharacters,
} from './misreading.ts';

/** The error model's constants by the names that decoder.model_constant gives them. */
const constants: Readonly<Record<string, number>> = {
  'wrong VINs': assumedRate,
  swapped: swapShare,
  'look-alike': lookAlikeShare,
  unchecked: foreignShare,
};

/**
 * Compares the error model here with the decoder's: a simulation of another model would say nothing about it.
 * @returns whether the database has one; older ones do not
 * @throws {Failure} at the first difference
 */
export async function compareErrorModels(pool: pg.Pool): Promise<boolean> {
  const { rows: known } = await pool.query<{ has_error_model: boolean }>(await readQuery('functions.sql'));
  if (known[0]?.has_error_model !== true) return false;
  await compareConstants(pool);
  await compareMisreadings(pool);
  return true;
}

async function compareConstants(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; value: number | null }>(
    await readQuery('constants.sql'),
    [Object.keys(constants)],
  );
  for (const { name, value } of rows) {
    expectSame(`decoder.model_constant('${name}')`, value, constants[name] ?? null);
  }
}

async function compareMisreadings(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{
    meant: string;
    typed: string;
    look_alikes: string | null;
    probability: number | null;
  }>(await readQuery('misreading.sql'), [vinCharacters]);
  for (const { meant, typed, look_alikes: alike, probability } of rows) {
    const sorted = Array.from(alike ?? '').sort();
    expectSame(`decoder.look_alikes('${meant}')`, sorted.join(''), lookAlikes(meant));
    const name = `decoder.misread_probability('${meant}', '${typed}')`;
    expectSame(name, probability, misreadProbability(meant, typed));
  }
}

/** Equal texts, or numbers that differ by no more than their last digits. */
function expectSame<T extends string | number | null>(name: string, inSql: T, here: T): void {
  const isSame =
    typeof inSql === 'number' && typeof here === 'number' ? Math.abs(inSql - here) < 1e-9 : inSql === here;
  if (isSame) return;
  throw new Failure(
    `${name} is ${JSON.stringify(inSql)} and ${JSON.stringify(here)} in bench/calibration: make them the same`,
  );
}
