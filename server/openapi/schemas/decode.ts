/** The decode object: what a VIN says about the vehicle, and how sure that is. */

import { z } from 'zod';

/** A probability. */
export const probability = z.number().min(0).max(1);

/** A field of the object: what vPIC's variable says. */
function field(description: string, example: string): z.ZodType<string | null> {
  return z
    .string()
    .nullable()
    .meta({ description: `${description}; null when unknown.`, examples: [example] });
}

const names = [
  'make',
  'model',
  'year',
  'trim',
  'series',
  'bodyType',
  'engineType',
  'transmission',
  'fuelType',
  'driveType',
  'manufacturer',
  'vehicleType',
  'plantCountry',
] as const;

export const checkDigit = z
  .strictObject({
    valid: z.boolean(),
    expected: z
      .string()
      .regex(/^[0-9X]$/)
      .nullable()
      .meta({ description: 'What position 9 should be; null for a text that cannot be a VIN.' }),
    actual: z.string().nullable().meta({ description: 'What it is; null where the text is shorter.' }),
  })
  .meta({ id: 'CheckDigit', description: 'The check digit in position 9 (49 CFR 565.15).' });

const decodeError = z
  .strictObject({
    code: z.int().min(0).meta({ description: "NHTSA's code: 0 when nothing is wrong." }),
    text: z.string().meta({ description: "NHTSA's sentence, code included." }),
  })
  .meta({ id: 'DecodeError' });

/** Members of every statement of a value, here and in the explanation. */
export const statement = {
  Variable: z
    .string()
    .meta({ description: "The variable's name in vPIC's Element table.", examples: ['Make'] }),
  VariableId: z.int().meta({ description: 'Its id there.', examples: [26] }),
  Value: z.string().meta({
    description: 'Its value as text. Where it is a measure, the variable names the unit.',
    examples: ['HONDA'],
  }),
  ValueId: z
    .string()
    .nullable()
    .meta({
      description: "The value's id in vPIC's lookup table, else the value itself.",
      examples: ['474'],
    }),
  source: z.string().meta({
    description:
      'What it follows from: `Pattern`, a key of the VIN; `pattern - model`, the model that a key says; `Manu. Name` and `VehType`, the manufacturer identifier; `ModelYear`, position 10; `EngineModelPattern`, `Vehicle Specs`, `Formula Pattern`, `Conversion …`, `Default`, a value that came before; `Corrections`, the check of the VIN itself.',
    examples: ['pattern - model'],
  }),
};

const rawValue = z
  .strictObject({
    ...statement,
    confidence: probability.meta({ description: 'The probability that the value is right.' }),
  })
  .meta({ id: 'RawValue', description: "One variable of vPIC and its value, in vPIC's words." });

export const decodeMembers = {
  vin: z.string().meta({
    description: 'The text that was decoded, in upper case, without blanks around it.',
    examples: ['1HGCM82633A004352'],
  }),
  valid: z.boolean().meta({
    description:
      'Whether nothing is wrong with the VIN itself: its length, characters, check digit and year.',
  }),
  make: field('Make (variable 26)', 'HONDA'),
  model: field('Model (28)', 'Accord'),
  year: z
    .int()
    .nullable()
    .meta({ description: 'Model year (29); null when unknown.', examples: [2003] }),
  trim: field('Trim (38)', 'EX-V6'),
  series: field('Series (34)', 'XLT'),
  bodyType: field('Body class (5)', 'Coupe'),
  engineType: field(
    'Engine in one line, as far as it is known: displacement in litres (cc below one), layout and cylinders (11, 9, 64), model (18)',
    'V6 J30A4',
  ),
  transmission: field('Transmission style (37)', 'Automatic'),
  fuelType: field('Primary fuel (24)', 'Gasoline'),
  driveType: field('Drive type (15)', '4WD/4-Wheel Drive/4x4'),
  manufacturer: field('Manufacturer (27)', 'AMERICAN HONDA MOTOR CO., INC.'),
  vehicleType: field('Vehicle type (39)', 'PASSENGER CAR'),
  plantCountry: field('Country of the plant (75)', 'UNITED STATES (USA)'),
  confidence: probability.meta({
    description:
      'The probability that the weakest of make, model and year is right; 0 when there are none. Calibrated: of the values given with 0.9, nine in ten are right (docs/CONFIDENCE.md).',
    examples: [0.999],
  }),
  fieldConfidence: z
    .partialRecord(z.enum(names), probability)
    .meta({ description: 'The probability that each field is right; fields that are null are not in it.' }),
  checkDigit,
  errors: z.array(decodeError).meta({ description: "What NHTSA's decoder says about the VIN." }),
  suggestedVin: z
    .string()
    .nullable()
    .meta({
      description:
        'The VIN that was probably meant, `!` where a character is open; null when nothing suggests one.',
      examples: [null],
    }),
  rawData: z.array(rawValue).meta({ description: "Every variable that has a value, in vPIC's words." }),
  dataVersion: z.string().meta({
    description: 'The release of the vehicle data.',
    examples: ['2026-03-12-r1'],
  }),
};

export const decode = z.strictObject(decodeMembers).meta({ id: 'Decode' });

/** A shortened, real one. */
export const decodeExample = {
  vin: '1HGCM82633A004352',
  valid: true,
  make: 'HONDA',
  model: 'Accord',
  year: 2003,
  trim: 'EX-V6',
  series: null,
  bodyType: 'Coupe',
  engineType: 'V6 J30A4',
  transmission: null,
  fuelType: 'Gasoline',
  driveType: null,
  manufacturer: 'AMERICAN HONDA MOTOR CO., INC.',
  vehicleType: 'PASSENGER CAR',
  plantCountry: 'UNITED STATES (USA)',
  confidence: 0.999,
  fieldConfidence: { make: 0.999, model: 0.999, year: 0.9997, trim: 0.999, bodyType: 0.999 },
  checkDigit: { valid: true, expected: '3', actual: '3' },
  errors: [{ code: 0, text: '0 - VIN decoded clean. Check Digit (9th position) is correct' }],
  suggestedVin: null,
  rawData: [
    {
      Variable: 'Make',
      VariableId: 26,
      Value: 'HONDA',
      ValueId: '474',
      confidence: 0.999,
      source: 'pattern - model',
    },
  ],
  dataVersion: '2026-03-12-r1',
};
