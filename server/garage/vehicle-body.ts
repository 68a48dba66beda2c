/** What clients say about a vehicle: the bodies of POST and PUT, against their schemas. */

import { z } from 'zod';
import { inOneLine, listed } from '../http/reasons.ts';
import { vinOf } from '../http/vin-of.ts';
import { Problem } from '../problem.ts';

/** Longest text in characters; several times the longest make or model name. The table has the same limit. */
const LONGEST_TEXT = 200;

const FIRST_YEAR = 1900;

/** Model years run ahead of the calendar by two at most. */
const lastYear = (): number => new Date().getFullYear() + 2;

/** Seven digits are what the longest odometers show. */
const HIGHEST_READING = 9_999_999;

/** Longest text that is looked at as a VIN, in characters. */
const LONGEST_VIN = 1000;

/**
 * A text, kept as it is. U+0000 and lone surrogates cannot be stored as UTF-8. A text of blanks is what a form sends for
 * an empty field: it counts as none.
 */
const text = z
  .string({ error: 'is not a text' })
  .refine((value) => Array.from(value).length <= LONGEST_TEXT, {
    error: `is longer than ${LONGEST_TEXT} characters`,
  })
  .refine((value) => !value.includes('\0') && value.isWellFormed(), {
    error: 'contains U+0000 or half a surrogate pair',
  })
  .transform((value) => (value.trim() === '' ? null : value))
  .nullable()
  .meta({ override: { maxLength: LONGEST_TEXT } });

const vin = z
  .string({ error: 'is not a text' })
  .max(LONGEST_VIN, { error: `is longer than ${LONGEST_VIN} characters` })
  .transform((value) => (value.trim() === '' ? null : value))
  .nullable()
  .meta({
    description:
      'Seventeen characters in any case. Make, model and year are read from it. A user has a VIN once; blank means none.',
    examples: ['1HGCM82633A004352'],
  });

const year = z
  .int({ error: 'is not a whole number' })
  .refine((value) => value >= FIRST_YEAR && value <= lastYear(), {
    error: () => `is not a year from ${FIRST_YEAR} to ${lastYear()}`,
  })
  .nullable()
  .meta({
    description: 'Model year, up to two years ahead.',
    examples: [2003],
    override: { minimum: FIRST_YEAR },
  });

const odometerReading = z
  .int({ error: 'is not a whole number' })
  .min(0, { error: 'is less than 0' })
  .max(HIGHEST_READING, { error: `is more than ${HIGHEST_READING}` })
  .nullable()
  .meta({
    description: "What the odometer shows, in the odometer's own unit (the VIN does not say which).",
    examples: [120_000],
  });

/** The members that a client may set. */
export const vehicleBody = z.strictObject(
  {
    vin: vin.optional(),
    make: text.meta({ description: 'Make. The VIN wins where it says one.', examples: ['HONDA'] }).optional(),
    model: text
      .meta({ description: 'Model. The VIN wins where it says one.', examples: ['Accord'] })
      .optional(),
    year: year.optional(),
    nickname: text
      .meta({ description: 'What the user calls it; kept as it is.', examples: ['Blue'] })
      .optional(),
    color: text.meta({ description: 'Kept as it is.', examples: ['blue'] }).optional(),
    licensePlate: text.meta({ description: 'Kept as it is.', examples: ['8ABC123'] }).optional(),
    odometerReading: odometerReading.optional(),
  },
  { error: ({ code }) => (code === 'invalid_type' ? 'is no object' : undefined) },
);

/** What a body says; absent members say nothing, null says that there is none. */
export type VehicleBody = z.output<typeof vehicleBody>;

/** The body of POST: it must say what the vehicle is. @throws Problem 400 */
export function newVehicleOf(body: unknown): VehicleBody {
  const said = vehicleOf(body);
  if (said.vin) return said;
  const missing = (['make', 'model', 'year'] as const).filter((member) => !said[member]);
  if (missing.length === 0) return said;
  throw invalidBody(
    missing.map((member) => ({ member, reason: 'is needed where there is no "vin"' })),
    'give "vin", or "make", "model" and "year": ',
  );
}

/** The body of PUT: what is to change. @throws Problem 400 */
export function vehicleOf(body: unknown): VehicleBody {
  const parsed = vehicleBody.safeParse(body ?? {});
  if (!parsed.success) throw invalidBody(parsed.error.issues.flatMap(problemsOf));
  const { vin } = parsed.data;
  return vin ? { ...parsed.data, vin: vinOf(vin) } : parsed.data;
}

/** The values by the table's column names; what is absent stays absent. */
export function columnsOf({ licensePlate, odometerReading, ...same }: VehicleBody): Record<string, unknown> {
  return { ...same, license_plate: licensePlate, odometer_reading: odometerReading };
}

interface BodyProblem {
  /** The member; null for the body itself. */
  member: string | null;
  reason: string;
}

function problemsOf(issue: z.core.$ZodIssue): BodyProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      member: key.slice(0, LONGEST_TEXT),
      reason: 'is not a member that can be set',
    }));
  }
  const [member] = issue.path;
  return [{ member: typeof member === 'string' ? member : null, reason: issue.message }];
}

function invalidBody(found: BodyProblem[], before = ''): Problem {
  const named = found.map(({ member, reason }) =>
    member === null ? `the body ${reason}` : `"${member}" ${reason}`,
  );
  const allowed = Object.keys(vehicleBody.shape);
  return new Problem({
    status: 400,
    slug: 'invalid-body',
    title: 'The request body is not valid',
    detail: before + inOneLine(named),
    extensions: { problems: listed(found), allowed },
  });
}
