/** What a VIN says about the vehicle that a user adds, and what it says when the vehicle data is away. */

import type { Logger } from 'pino';
import { z } from 'zod';
import type { Decoder } from '../decode/decoder.ts';
import { maskVins } from '../http/mask.ts';
import { inTime } from '../in-time.ts';
import { unavailable } from '../problem.ts';
import { modelYearCandidates } from '../vin.ts';

/** What of a decode goes into a vehicle; null where the VIN does not say. */
export interface Readings {
  readonly make: string | null;
  readonly model: string | null;
  readonly year: number | null;
}

/** A VIN as it was read. */
export interface ReadVin {
  readonly readings: Readings;
  /** False when the vehicle data could not be asked: the rest is to be read later. */
  readonly isRead: boolean;
}

/** A user waits no longer than this for what can be completed without them. A decode takes milliseconds. */
const PATIENCE_MS = 2_000;

/** Longest name that the table takes; longer ones are not known. */
const LONGEST_NAME = 200;

const name = z
  .string()
  .transform((value) => value.slice(0, LONGEST_NAME) || null)
  .nullable();
const decoded = z.object({ make: name, model: name, year: z.int().nullable() });

/**
 * Asks the decoder.
 *
 * @param year what the user says; it decides between two years that the VIN can mean, and nothing else
 * @throws whatever the decoder throws
 */
export async function readVin(decoder: Decoder, vin: string, year: number | null): Promise<Readings> {
  const hint = year !== null && yearsOf(vin).includes(year) ? year : undefined;
  const { head, body } = await decoder.one(vin, hint);
  return decoded.parse(JSON.parse(head + body.toString('utf8')));
}

/** As {@link readVin}, but it never fails: without the decoder, what the VIN says by itself. */
export async function readVinOrPart(
  decoder: Decoder,
  vin: string,
  year: number | null,
  logger: Pick<Logger, 'warn'>,
  patienceMs = PATIENCE_MS,
): Promise<ReadVin> {
  try {
    const late = (): Error => unavailable(`the vehicle data did not answer within ${patienceMs} ms`, 2);
    return { readings: await inTime(readVin(decoder, vin, year), patienceMs, late), isRead: true };
  } catch (error) {
    const reason = error instanceof Error ? maskVins(error.message) : 'unknown';
    logger.warn({ vin: maskVins(vin), reason }, 'a VIN could not be read; it is completed later');
    const [only, ...others] = yearsOf(vin);
    return {
      readings: { make: null, model: null, year: others.length === 0 ? (only ?? null) : null },
      isRead: false,
    };
  }
}

/** Without the vehicle data nobody knows whether this is a light vehicle, which would tell the cycles apart. */
function yearsOf(vin: string): number[] {
  return modelYearCandidates(vin, undefined, new Date().getFullYear()).candidates;
}
