/** What a list of VINs is made of, whether it comes as JSON, as NDJSON or as a file. */

import { z } from 'zod';

export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2100;

/** Longest text that is taken for a VIN, in characters. */
const LONGEST = 1000;

const notAYear = { error: `is not an integer from ${FIRST_YEAR} to ${LAST_YEAR}` };

/** A model year as the caller may give it. */
export const modelYear = z
  .int(notAYear)
  .min(FIRST_YEAR, notAYear)
  .max(LAST_YEAR, notAYear)
  .meta({ description: 'The model year, where the caller knows it.', examples: [2003] });

/** Any text: one that is no VIN is decoded to its errors. U+0000 is refused because PostgreSQL's text cannot hold it. */
const vinText = z
  .string({ error: 'is not a text' })
  .max(LONGEST, { error: `is longer than ${LONGEST} characters` })
  .refine((value) => !value.includes('\0'), { error: 'contains the character U+0000' })
  .meta({
    description:
      'Any text in any case, blanks around it ignored; one that is no VIN is decoded to its errors.',
    examples: ['1HGCM82633A004352'],
  });

/** One VIN of a list: its text, or an object with the model year. */
export const vinEntry = z.union([vinText, z.strictObject({ vin: vinText, modelYear: modelYear.nullish() })], {
  error: 'is neither a text nor an object with "vin"',
});

/** One of many: any text, and the model year where the caller knows it. */
export interface VinEntry {
  readonly vin: string;
  readonly modelYear?: number | undefined;
}

/** An entry in its one form. */
export function vinEntryOf(parsed: z.output<typeof vinEntry>): VinEntry {
  if (typeof parsed === 'string') return { vin: parsed };
  return { vin: parsed.vin, modelYear: parsed.modelYear ?? undefined };
}

/** Why something is no entry: a clause whose subject is the entry, `"modelYear" is not …` for a part of it. */
export function reasonAgainst(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `has ${issue.keys.map((key) => `"${key.slice(0, LONGEST)}"`).join(', ')} beside "vin" and "modelYear"`;
  }
  // Of the two forms, the one that it got into is the one that was meant.
  const within =
    issue.code === 'invalid_union' ? issue.errors.flat().find(({ path }) => path.length > 0) : issue;
  if (within === undefined) return issue.message;
  const part = within.path.at(-1);
  return typeof part === 'string' ? `"${part}" ${within.message}` : within.message;
}
