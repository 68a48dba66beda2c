/** What a VIN says by itself: told to whoever asks for its decode while the vehicle data is away. */

import { Problem } from '../problem.ts';
import { checkDigit, descriptor, isCheckDigitValid, modelYearCandidates, wmi } from '../vin.ts';

/** The members have the decode's names and meanings where it has them. */
export interface PartialDecode {
  readonly vin: string;
  /** Whether the check digit is right: all that can be told of it without the data. */
  readonly valid: boolean;
  readonly checkDigit: { readonly valid: boolean; readonly expected: string | null; readonly actual: string };
  readonly wmi: string;
  readonly descriptor: string;
  /** The model years that position 10 allows, the later first; 30 years apart where there are two. */
  readonly modelYears: readonly number[];
  /**
   * The one of them that position 7 leaves for a passenger car, MPV or light truck (49 CFR 565.15(d)(2)); null where there is none.
   * Which kind of vehicle it is stands in the data.
   */
  readonly modelYearIfLight: number | null;
}

/**
 * The part of a decode that takes no data.
 *
 * @param vin normalized and without problems (vin.ts)
 * @param thisYear the calendar year
 */
export function partialDecodeOf(vin: string, thisYear = new Date().getFullYear()): PartialDecode {
  const isValid = isCheckDigitValid(vin);
  const [year = null, ...others] = modelYearCandidates(vin, true, thisYear).candidates;
  return {
    vin,
    valid: isValid,
    checkDigit: { valid: isValid, expected: checkDigit(vin), actual: vin.charAt(8) },
    wmi: wmi(vin),
    descriptor: descriptor(vin),
    modelYears: modelYearCandidates(vin, undefined, thisYear).candidates,
    modelYearIfLight: others.length === 0 ? year : null,
  };
}

/**
 * What the decode gives; where it fails because the data is away, the problem says in its member `partial` what the VIN says by itself.
 *
 * @throws whatever the decode throws
 */
export async function orPartial<Value>(vin: string, decode: Promise<Value>): Promise<Value> {
  try {
    return await decode;
  } catch (error) {
    if (!(error instanceof Problem && error.status === 503)) throw error;
    throw error.with({ partial: partialDecodeOf(vin) });
  }
}
