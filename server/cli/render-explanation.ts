import { z } from 'zod';
import { percent, type Row, table } from './render.ts';

/** What the rendering reads of `explanation` in the answer of api.explain_vin. */
const explained = z.object({
  explanation: z.object({
    year: z.object({ decoded: z.number().nullable(), reason: z.string() }),
    positions: z.array(
      z.object({
        position: z.number(),
        character: z.string(),
        role: z.string(),
        doubt: z.number().nullable(),
        validCharacters: z.string().nullable(),
        isKnown: z.boolean(),
      }),
    ),
    elements: z.array(
      z.object({
        Variable: z.string(),
        Value: z.string(),
        source: z.string(),
        keys: z.string().nullable(),
        positions: z.array(z.number()),
        schemaName: z.string().nullable(),
        confidence: z.number().nullable(),
        rejected: z.array(z.object({ Value: z.string().nullable(), keys: z.string(), reason: z.string() })),
      }),
    ),
  }),
});

/** Why a VIN decodes so, for people: the year, the positions, then each value with its key and the rivals it beat. */
export function renderExplanation(decoded: Record<string, unknown>): string {
  const { year, positions, elements } = explained.parse(decoded).explanation;
  return `${[
    '',
    `Model year ${year.decoded ?? 'unknown'}: ${year.reason}`,
    '',
    ...table(positions.map(positionRow)),
    '',
    ...elements.flatMap(elementLines),
  ].join('\n')}\n`;
}

type Explained = z.infer<typeof explained>['explanation'];

function positionRow({
  position,
  character,
  role,
  doubt,
  validCharacters,
  isKnown,
}: Explained['positions'][number]): Row {
  const known = isKnown ? '' : `, the data knows ${validCharacters}`;
  return [`${position} ${character}`, `${role}${known}`, `doubt ${percent(doubt)}`];
}

function elementLines(element: Explained['elements'][number]): string[] {
  const where = element.positions.length > 0 ? `, positions ${element.positions.join(' ')}` : '';
  const schema = element.schemaName === null ? '' : `, ${element.schemaName.trim()}`;
  return [
    `${element.Variable}: ${element.Value} (${percent(element.confidence)})`,
    `    ${element.source}${element.keys ? ` ${element.keys}` : ''}${where}${schema}`,
    ...element.rejected.map(
      ({ Value, keys, reason }) => `    not ${Value ?? 'unknown'} (${keys}): ${reason}`,
    ),
  ];
}
