import { DAY, lacking, type Makers } from './makers.ts';
import type { Row, Snapshot } from './snapshot.ts';
import { mixed, Spread } from './spread.ts';

/** Trim, body class and fuel decide which specification holds; what it then states has no patterns. */
const KEYS: readonly (readonly [element: string, values: readonly string[]])[] = [
  ['38', ['LX', 'EX', 'SE', 'Sport', 'Limited']],
  ['5', ['13', '7', '60', '15']],
  ['24', ['4', '1', '8']],
];
const STATED = ['33', '54', '61', '86', '99', '100', '104', '111', '115', '119', '120', '168', '177'];

/** Vehicle specifications: made up, for makes and models that there are. */
export interface Specs {
  readonly vehiclespecschema: readonly Row[];
  readonly vehiclespecschema_model: readonly Row[];
  readonly vehiclespecschema_year: readonly Row[];
  readonly vspecschemapattern: readonly Row[];
  vehiclespecpattern(): Generator<Row>;
}

export function makeSpecs(snapshot: Snapshot, makers: Makers, scale: number, seed: number): Specs {
  const count = (table: Parameters<typeof lacking>[0]): number => Math.max(lacking(table, 0, scale), 1);
  const types = typesOfMakes(makers);
  const sold = snapshot.rows('make_model', ['makeid', 'modelid']).filter(([make = '']) => types.has(make));
  const schemas = Array.from({ length: count('vehiclespecschema') }, (_, n) => {
    const [make = '', model = ''] = sold[mixed(n, seed, 5) % sold.length] ?? [];
    return { id: `${n + 1}`, make, model, type: types.get(make) ?? '2' };
  });
  const sets = numbered(count('vspecschemapattern'), schemas, (id, schema) => [id, schema.id]);
  return {
    vehiclespecschema: schemas.map(({ id, make, type }) => [id, make, DAY, '\\N', type, '\\N', 'f']),
    vehiclespecschema_model: numbered(count('vehiclespecschema_model'), schemas, (id, schema) => [
      id,
      schema.id,
      Number(id) <= schemas.length
        ? schema.model
        : (sold[mixed(Number(id), seed, 6) % sold.length]?.[1] ?? '1'),
    ]),
    vehiclespecschema_year: numbered(count('vehiclespecschema_year'), schemas, (id, schema) => [
      id,
      schema.id,
      `${2010 + ((Number(schema.id) + Math.floor(Number(id) / schemas.length)) % 17)}`,
    ]),
    vspecschemapattern: sets,
    *vehiclespecpattern() {
      const share = new Spread(count('vehiclespecpattern'), sets.length);
      let id = 1;
      for (const [set = ''] of sets) {
        const rows = share.next();
        const keys = 1 + (Number(set) % 2);
        for (let n = 0; n < rows; n++) {
          const hash = mixed(Number(set), n, seed);
          const [element, values] = KEYS[(Number(set) + n) % KEYS.length] as (typeof KEYS)[number];
          yield n < keys
            ? [`${id++}`, set, 't', element, values[hash % values.length] as string, DAY, '\\N']
            : [`${id++}`, set, 'f', STATED[n % STATED.length] as string, `${1 + (hash % 3)}`, DAY, '\\N'];
        }
      }
    },
  };
}

/** Rows numbered from 1 on, given to all in turn. */
function numbered<T>(count: number, all: readonly T[], row: (id: string, item: T) => Row): Row[] {
  return Array.from({ length: count }, (_, n) => row(`${n + 1}`, all[n % all.length] as T));
}

/** A vehicle type of each make whose vehicles have specifications: cars, MPVs and trucks. */
function typesOfMakes(makers: Makers): Map<string, string> {
  const types = new Map(makers.wmi.map(([id = '', , , , type = '']) => [id, type]));
  const found = new Map<string, string>();
  for (const [wmi = '', make = ''] of makers.wmi_make) {
    const type = types.get(wmi) ?? '';
    if (['2', '3', '7'].includes(type) && !found.has(make)) found.set(make, type);
  }
  return found;
}
