/** The decode object with the reasons for each value. */

import { z } from 'zod';
import { decodeExample, decodeMembers, probability, statement } from './decode.ts';

const positions = z.array(z.int().min(1).max(17));

const patternId = z.int().nullable().meta({ description: "The pattern's id; null where none says it." });
const schemaId = z
  .int()
  .nullable()
  .meta({ description: "The id of the pattern's schema, a manufacturer's list of keys." });
const linkYear = z.int().nullable().meta({
  description: 'The first model year for which the schema applies to this manufacturer identifier.',
});
const changedAt = z
  .string()
  .nullable()
  .meta({
    description: 'When NHTSA last changed the pattern: ISO 8601 without a time zone.',
    examples: ['2015-10-20T13:35:09.927'],
  });

const rejected = z
  .strictObject({
    Value: statement.Value.nullable(),
    ValueId: statement.ValueId,
    keys: z.string(),
    patternId,
    schemaId,
    linkYear,
    changedAt,
    reason: z.string().meta({
      description: "The first of NHTSA's criteria that decided against it.",
      examples: ['it was changed earlier than the chosen one'],
    }),
  })
  .meta({ id: 'RejectedValue', description: 'A pattern that matches, too, and was not taken.' });

const confidenceParts = z
  .strictObject({
    wrongManufacturer: z.number().meta({ description: 'Doubt at the manufacturer identifier.' }),
    wrongYear: z.number().meta({ description: 'Doubt at position 10.' }),
    wrongKeyCharacter: z.number().meta({ description: 'Doubt at the positions that the key reads.' }),
    shareOfSameValue: probability.nullable().meta({
      description:
        "The share of the schema's keys that state the same value: a misread one may still lead to it.",
    }),
    isDisputed: z
      .boolean()
      .nullable()
      .meta({ description: 'Whether patterns of equal standing say something else.' }),
    isYearOpen: z.boolean().nullable().meta({ description: 'Whether position 10 leaves two years open.' }),
  })
  .meta({ id: 'ConfidenceParts', description: 'What the confidence is made of (docs/CONFIDENCE.md).' });

const element = z
  .strictObject({
    ...statement,
    keys: z
      .string()
      .nullable()
      .meta({
        description:
          'The key: its first character is that of position 4, `*` is any, `|` stands for position 9. Of the manufacturer, its identifier.',
        examples: ['CM82[67]'],
      }),
    positions: positions.meta({ description: 'The positions that the key reads.' }),
    patternId,
    schemaId,
    schemaName: z
      .string()
      .nullable()
      .meta({ examples: ['Honda Accord Schema 2003'] }),
    linkYear,
    changedAt,
    confidence: probability,
    confidenceParts,
    rejected: z.array(rejected),
  })
  .meta({ id: 'ExplainedValue' });

const position = z
  .strictObject({
    position: z.int().min(1),
    character: z.string(),
    role: z.enum(['manufacturer', 'description', 'check digit', 'model year', 'plant', 'serial number']),
    doubt: probability.nullable().meta({ description: 'The probability that the character was mistyped.' }),
    validCharacters: z.string().nullable().meta({
      description: "The characters that the manufacturer's data knows here; null where it knows nothing.",
    }),
    isKnown: z.boolean().meta({ description: 'Whether the character is among them.' }),
    decides: z.array(z.string()).meta({ description: 'The variables that rest on it.' }),
  })
  .meta({ id: 'ExplainedPosition' });

const year = z
  .strictObject({
    code: z.string().nullable().meta({ description: 'The character in position 10.' }),
    candidates: z
      .array(z.int())
      .meta({ description: 'The years that it can stand for, the likelier first.' }),
    decoded: z.int().nullable(),
    asked: z.int().nullable().meta({ description: 'What the caller said.' }),
    isAmbiguous: z.boolean(),
    reason: z.string(),
  })
  .meta({ id: 'ExplainedYear' });

const explanation = z
  .strictObject({
    wmi: z
      .string()
      .nullable()
      .meta({ description: 'World manufacturer identifier; null for an unknown one.', examples: ['1HG'] }),
    descriptor: z
      .string()
      .nullable()
      .meta({
        description: 'What all vehicles of this kind and year have in common.',
        examples: ['1HGCM826*3A'],
      }),
    year,
    positions: z.array(position).meta({ description: 'Each character, from the left.' }),
    elements: z.array(element).meta({ description: 'Each value.' }),
  })
  .meta({ id: 'Explanation' });

export const explainedDecode = z
  .strictObject({ ...decodeMembers, explanation })
  .meta({ id: 'ExplainedDecode', description: 'The decode object and the reasons for it.' });

const doubts = { wrongManufacturer: 0.0005, wrongYear: 0.0002, wrongKeyCharacter: 0.0008 };

/** A shortened, real one. */
export const explainedExample = {
  ...decodeExample,
  explanation: {
    wmi: '1HG',
    descriptor: '1HGCM826*3A',
    year: {
      code: '3',
      candidates: [2003],
      decoded: 2003,
      asked: null,
      isAmbiguous: false,
      reason: 'a light vehicle with a digit in position 7: a year up to 2009',
    },
    positions: [
      {
        position: 4,
        character: 'C',
        role: 'description',
        doubt: 0.0002,
        validCharacters: 'ACERZ',
        isKnown: true,
        decides: ['Body Class', 'Make', 'Model', 'Trim'],
      },
    ],
    elements: [
      {
        Variable: 'Model',
        VariableId: 28,
        Value: 'Accord',
        ValueId: '1861',
        source: 'Pattern',
        keys: 'CM82[67]',
        positions: [4, 5, 6, 7, 8],
        patternId: 421977,
        schemaId: 9774,
        schemaName: 'Honda Accord Schema 2003',
        linkYear: 2003,
        changedAt: '2015-10-20T13:35:09.927',
        confidence: 0.9995,
        confidenceParts: { ...doubts, shareOfSameValue: 1, isDisputed: false, isYearOpen: false },
        rejected: [],
      },
    ],
  },
};
