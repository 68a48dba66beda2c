import { DAY, type Makers } from './makers.ts';
import { ADDED_FORMULAS, ADDED_WITH_BAR, FULL_ROWS } from './shape.ts';
import type { Row, Snapshot } from './snapshot.ts';
import { mixed, Spread } from './spread.ts';

/** Model and body class: their keys also get the transmission and the drive type, which the snapshot hardly has. */
const PARTNERS: Readonly<Record<string, string>> = { 28: '37', 5: '15' };
/** Set by the WMI, the year or the decoder, never by a pattern. */
const NEVER_STATED = new Set(['8', '26', '27', '29', '39', '142', '143', '144', '156', '157', '191', '196']);
const FIRST_ADDED_ID = 10_000_000;

/** A variable that the snapshot has no patterns of, with the values that it may take. */
interface Variable {
  readonly id: string;
  readonly values: readonly string[];
}

/** How many patterns there will be of each kind; found by reading the snapshot's once. */
export interface PatternPlan {
  readonly withBar: number;
  readonly withoutBar: number;
  readonly literalOfTrailers: number;
}

/** Counts the snapshot's patterns in kept schemas, once for each schema that has them. */
export async function planPatterns(
  batches: AsyncIterable<readonly Row[]>,
  makers: Makers,
): Promise<PatternPlan> {
  const plan = { withBar: 0, withoutBar: 0, literalOfTrailers: 0 };
  for await (const rows of batches) {
    for (const [, schema = '', keys = ''] of rows) {
      const copies = makers.schemas.get(schema)?.length ?? 0;
      if (keys.includes('|')) plan.withBar += copies;
      else plan.withoutBar += copies;
      if (makers.trailerSchemas.has(schema) && !/[[|]/.test(keys)) plan.literalOfTrailers += copies;
    }
  }
  return plan;
}

/**
 * The snapshot's patterns, and for their keys patterns of the variables that it lacks: the keys stay those of the real
 * data, with their classes and wildcards, and what a VIN decodes to stays right.
 */
export async function* growPatterns(
  batches: AsyncIterable<readonly Row[]>,
  plan: PatternPlan,
  makers: Makers,
  variables: readonly Variable[],
  scale: number,
  seed: number,
): AsyncGenerator<Row> {
  const added = Math.round(FULL_ROWS.pattern * scale) - plan.withBar - plan.withoutBar;
  const addedWithBar = Math.min(Math.round(ADDED_WITH_BAR * scale), added);
  const withBar = new Spread(addedWithBar, plan.withBar);
  const withoutBar = new Spread(added - addedWithBar, plan.withoutBar);
  const additionsEach = (added - addedWithBar) / Math.max(plan.withoutBar, 1);
  const formulaShare = (ADDED_FORMULAS * scale) / Math.max(plan.literalOfTrailers * additionsEach, 1);
  const order = new Map<string, number>();
  let nextId = FIRST_ADDED_ID;
  for await (const rows of batches) {
    for (const row of rows) {
      const [, schema = '', keys = '', element = '', value = '', created = '', updated = ''] = row;
      for (const target of makers.schemas.get(schema) ?? []) {
        yield target === schema ? row : [`${nextId++}`, target, keys, element, value, created, updated];
        if (!order.has(element)) order.set(element, order.size);
        const hash = mixed(Number(target), seed, 3);
        const count = (keys.includes('|') ? withBar : withoutBar).next();
        for (let copy = 0; copy < count; copy++) {
          const place = (order.get(element) ?? 0) * 2 + copy;
          // Different for every variable of a key: the real data states no variable of a key twice.
          const { id, values } = variables[(hash + place) % variables.length] as Variable;
          const partner = copy === 0 && hash % 2 === 0 ? PARTNERS[element] : undefined;
          const chosen = mixed(nextId, seed, 4);
          const isFormula =
            partner === undefined &&
            makers.trailerSchemas.has(schema) &&
            !/[[|]/.test(keys) &&
            chosen < formulaShare * 2 ** 32;
          yield [
            `${nextId++}`,
            target,
            isFormula ? asFormula(keys) : keys,
            partner ?? id,
            partner ? `${1 + (chosen % 8)}` : (values[chosen % values.length] as string),
            DAY,
            '\\N',
          ];
        }
      }
    }
  }
}

/** Variables that patterns may state and the snapshot's do not, besides the partners. */
export function unstatedVariables(
  snapshot: Snapshot,
  stated: ReadonlySet<string>,
  lookupIds: (table: string) => readonly string[],
): Variable[] {
  const columns = ['id', 'name', 'lookuptable', 'isprivate', 'datatype', 'decode'];
  const variables = snapshot
    .rows('element', columns)
    .flatMap(([id = '', name = '', lookup = '', hidden, type, decode]) => {
      const isPublic = hidden !== '1' && hidden !== 't' && decode !== '\\N' && decode !== '';
      if (!isPublic || stated.has(id) || NEVER_STATED.has(id) || Object.values(PARTNERS).includes(id))
        return [];
      const values = lookup === '\\N' ? literals(Number(id), name, type) : lookupIds(lookup.toLowerCase());
      return values.length > 0 ? [{ id, values }] : [];
    });
  if (variables.length === 0) throw new Error('the snapshot states every variable: there is nothing to add');
  return variables;
}

function literals(id: number, name: string, type: string | undefined): string[] {
  const numbers = Array.from({ length: 40 }, (_, n) => n + 1);
  if (type === 'int') return numbers.map((n) => `${n * ((id % 7) + 1)}`);
  if (type === 'decimal') return numbers.map((n) => (n * 1.25 + (id % 5)).toFixed(2));
  return numbers.map((n) => `${name} ${n}`);
}

/** The last two fixed characters become digits that the VIN itself states. */
function asFormula(keys: string): string {
  return keys.replace(/[^*][^*]?(?=\**$)/, (fixed) => '#'.repeat(fixed.length));
}
