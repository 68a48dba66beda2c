import { DAY, lacking, type Makers } from './makers.ts';
import type { FULL_ROWS, TableShape } from './shape.ts';
import type { Row, Snapshot } from './snapshot.ts';
import type { Specs } from './specs.ts';
import { mixed, Spread } from './spread.ts';

const NULL = '\\N';
const LETTERS = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';
/** Weights of the error codes: they decide between two model years. */
const ERROR_WEIGHTS: readonly (readonly [code: number, weight: number])[] = [
  ...([
    [0, 0],
    [1, -5],
    [2, -100],
    [3, -100],
    [4, -200],
    [5, -300],
    [6, -10],
    [7, -10_000],
  ] as const),
  ...([
    [8, -1000],
    [9, 0],
    [10, 0],
    [11, -20],
    [12, -20],
    [14, -30],
    [400, -40],
  ] as const),
];

/** What tables are made from. */
export interface Parts {
  readonly snapshot: Snapshot;
  readonly makers: Makers;
  readonly specs: Specs;
  readonly patterns: AsyncIterable<Row>;
  readonly scale: number;
  readonly seed: number;
}

/** The rows of one table, streamed where they are many. */
export function rowsOf(table: TableShape, parts: Parts): AsyncIterable<Row> | Iterable<Row> {
  const { makers, specs } = parts;
  switch (table.name) {
    case 'pattern':
      return parts.patterns;
    case 'wmi':
    case 'wmi_make':
    case 'vinschema':
    case 'wmi_vinschema':
      return makers[table.name];
    case 'vehiclespecschema':
    case 'vehiclespecschema_model':
    case 'vehiclespecschema_year':
    case 'vspecschemapattern':
      return specs[table.name];
    case 'vehiclespecpattern':
      return specs.vehiclespecpattern();
    case 'wmiyearvalidchars':
      return validCharacters(parts);
    case 'vinexception':
      return exceptions(parts);
    case 'defaultvalue':
      return defaults();
    case 'errorcode':
      return ERROR_WEIGHTS.map(([code, weight]) => [
        `${code}`,
        `${code} - Text of error ${code}`,
        NULL,
        `${weight}`,
      ]);
    case 'vindescriptor':
      return Array.from({ length: 69 }, (_, n) => [
        `${n + 1}`,
        `1HGCM826*3${LETTERS[n % 33]}`,
        '2003',
        DAY,
        NULL,
      ]);
    default:
      return [...parts.snapshot.rows(table.name, table.columns), ...additions(table, parts)];
  }
}

/** The ids of a lookup that patterns may refer to. */
export function idsOf(table: TableShape | undefined, snapshot: Snapshot): string[] {
  if (!table) return [];
  if (snapshot.has(table.name)) return snapshot.rows(table.name, ['id']).map(([id = '']) => id);
  return Array.from({ length: table.lookupRows ?? 0 }, (_, n) => `${n + 1}`);
}

/** Rows that the snapshot lacks, of tables that are as simple as their names. */
function additions({ name, lookupRows }: TableShape, { snapshot, scale }: Parts): Row[] {
  const there = snapshot.rows(name, ['id']).length;
  if (lookupRows !== null)
    return there > 0 ? [] : numbered(lookupRows, (n) => [`${n + 1}`, `${name} ${n + 1}`]);
  const add = (table: keyof typeof FULL_ROWS, row: (id: string, n: number) => Row): Row[] =>
    numbered(lacking(table, there, scale), (n) => row(`${10_000_000 + n}`, n));
  const id = (n: number): string => `${10_000_000 + n}`;
  switch (name) {
    case 'make':
      return add('make', (key, n) => [key, `MAKE ${n}`, DAY, NULL]);
    case 'model':
      return add('model', (key, n) => [key, `Model ${n}`, DAY, NULL]);
    case 'make_model':
      return add('make_model', (key, n) => [key, id(n % 242), id(n), DAY, NULL]);
    case 'manufacturer':
      return add('manufacturer', (key, n) => [key, `MANUFACTURER ${n}, INC.`]);
    case 'manufacturer_make':
      return add('manufacturer_make', (key, n) => [key, id(n), id(n % 242)]);
    default:
      return [];
  }
}

/** NHTSA's cache of which characters a WMI's patterns know in a year. The loader only counts it, but has to read it. */
function* validCharacters({ makers, scale, seed }: Parts): Generator<Row> {
  let years = 0;
  for (const _ of makers.wmiYears()) years++;
  const share = new Spread(lacking('wmiyearvalidchars', 0, scale), years);
  let id = 1;
  for (const [wmi, year] of makers.wmiYears()) {
    const rows = share.next();
    const begin = mixed(year, seed, 7) % LETTERS.length;
    for (let n = 0; n < rows; n++) {
      const position = 4 + (n % 11 === 10 ? 7 : n % 5);
      yield [`${id++}`, wmi, `${year}`, `${position}`, LETTERS.charAt((begin + n) % LETTERS.length)];
    }
  }
}

function exceptions({ makers, scale, seed }: Parts): Row[] {
  const three = makers.wmi.filter(([, wmi = '']) => wmi.length === 3);
  return numbered(lacking('vinexception', 0, scale), (n) => {
    const tail = Array.from({ length: 10 }, (_, place) =>
      LETTERS.charAt(mixed(n, place, seed) % LETTERS.length),
    );
    const wmi = three[n % three.length]?.[1] ?? '1HG';
    return [
      `${n + 1}`,
      `${wmi}${tail.join('')}${String(n % 10_000).padStart(4, '0')}`,
      n % 50 === 0 ? 'f' : 't',
      DAY,
      NULL,
    ];
  });
}

/** Driver assistance that a vehicle type implies to be "not applicable". */
function defaults(): Row[] {
  const elements = [...Array(31).keys()].map((n) => `${81 + n}`);
  const types = ['1', '5', '6', '9', '10', '13'];
  return types.flatMap((type, t) =>
    elements.map((element, n) => [`${t * elements.length + n + 1}`, element, type, '0', DAY, NULL]),
  );
}

function numbered(count: number, row: (n: number) => Row): Row[] {
  return Array.from({ length: count }, (_, n) => row(n));
}
