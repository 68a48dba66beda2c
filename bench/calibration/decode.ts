import type pg from 'pg';
import { readQuery } from './catalog.ts';

/** Fields of a decode whose confidence is measured; `overall` is make, model and year together. */
export const fields = ['make', 'model', 'year', 'body', 'fuel', 'overall'] as const;
export type Field = (typeof fields)[number];

/** What a decode states: per field its value (null: none) and how sure it is of it. */
export interface Decoded {
  values: Readonly<Record<Exclude<Field, 'overall'>, string | null>>;
  /** 0 where nothing is stated. */
  confidences: Readonly<Record<Field, number>>;
  isCheckDigitValid: boolean;
  /** Error codes, ascending. */
  codes: number[];
}

export interface Question {
  vin: string;
  /** The model year, where the one who asks knows it. */
  year: number | null;
}

interface Row {
  make: string | null;
  model: string | null;
  year: string | null;
  body: string | null;
  fuel: string | null;
  make_confidence: number | null;
  model_confidence: number | null;
  year_confidence: number | null;
  body_confidence: number | null;
  fuel_confidence: number | null;
  confidence: number;
  is_check_digit_valid: boolean;
  codes: number[];
}

const batchSize = 250;

/**
 * Decodes VINs, in their order, on as many connections as the pool has.
 * @param progress told how many are done
 */
export async function decodeAll(
  pool: pg.Pool,
  questions: readonly Question[],
  progress: (done: number) => void,
): Promise<Decoded[]> {
  const text = await readQuery('decode.sql');
  const results: Decoded[] = new Array(questions.length);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let from = next; from < questions.length; from = next) {
      next = from + batchSize;
      const batch = questions.slice(from, next);
      const { rows } = await pool.query<Row>({
        name: 'calibration-decode',
        text,
        values: [batch.map(({ vin }) => vin), batch.map(({ year }) => year)],
      });
      for (const [index, row] of rows.entries()) results[from + index] = toDecoded(row);
      done += batch.length;
      progress(done);
    }
  };
  await Promise.all(Array.from({ length: pool.options.max ?? 1 }, work));
  return results;
}

function toDecoded(row: Row): Decoded {
  return {
    values: { make: row.make, model: row.model, year: row.year, body: row.body, fuel: row.fuel },
    confidences: {
      make: row.make_confidence ?? 0,
      model: row.model_confidence ?? 0,
      year: row.year_confidence ?? 0,
      body: row.body_confidence ?? 0,
      fuel: row.fuel_confidence ?? 0,
      overall: row.confidence,
    },
    isCheckDigitValid: row.is_check_digit_valid,
    codes: row.codes,
  };
}

/** How one answer compares with the truth: null when it states nothing (overall: no make, model or year). */
export function judge(field: Field, answer: Decoded, truth: Decoded): boolean | null {
  const parts: readonly Exclude<Field, 'overall'>[] =
    field === 'overall' ? ['make', 'model', 'year'] : [field];
  if (parts.every((part) => answer.values[part] === null)) return null;
  return parts.every((part) => answer.values[part] === truth.values[part]);
}

/** Whether a value that the vehicle has is not stated. */
export function isMissed(field: Field, answer: Decoded, truth: Decoded): boolean {
  return judge(field, answer, truth) === null && judge(field, truth, truth) !== null;
}
