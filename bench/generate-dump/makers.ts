import { FULL_ROWS } from './shape.ts';
import type { Row, Snapshot } from './snapshot.ts';
import { mixed } from './spread.ts';

export const DAY = '2026-03-12 04:06:32.407';
const NULL = '\\N';
/** VIN characters; I, O and Q are none. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';
/** Ids of what is made up begin here: far above NHTSA's. */
const MADE_UP = 10_000_000;
const LAST_YEAR = 2027;

/** Makers, schemas and their links: the snapshot's, as many of them as the scale keeps, and made-up ones. */
export interface Makers {
  readonly wmi: readonly Row[];
  readonly wmi_make: readonly Row[];
  readonly vinschema: readonly Row[];
  readonly wmi_vinschema: readonly Row[];
  /** For each kept schema the ids under which its patterns appear: its own, then those of its copies. */
  readonly schemas: ReadonlyMap<string, readonly string[]>;
  /** Schemas of trailers, whose keys tell lengths by digits. */
  readonly trailerSchemas: ReadonlySet<string>;
  /** Each WMI with each year that one of its links covers. */
  wmiYears(): Generator<readonly [wmi: string, year: number]>;
}

const WMI_COLUMNS = [
  ...['id', 'wmi', 'manufacturerid', 'makeid', 'vehicletypeid', 'createdon', 'updatedon', 'countryid'],
  ...['publicavailabilitydate', 'trucktypeid', 'processedon', 'noncompliant', 'noncompliantsetbyovsc'],
];

export function makeMakers(snapshot: Snapshot, scale: number, seed: number): Makers {
  const isKept = (schema: string): boolean => mixed(Number(schema), seed, 0) < scale * 2 ** 32;
  const schemas = snapshot
    .rows('vinschema', ['id', 'name', 'sourcewmi', 'createdon', 'updatedon', 'tobeqced'])
    .filter(([id = '']) => isKept(id));
  const targets = new Map(schemas.map(([id = '']) => [id, [id]]));
  const copies = copySchemas(schemas, lacking('vinschema', schemas.length, scale), targets);

  const wmis = snapshot.rows('wmi', WMI_COLUMNS);
  const newWmis = inventWmis(wmis, lacking('wmi', wmis.length, scale));
  const links = snapshot
    .rows('wmi_vinschema', ['id', 'wmiid', 'vinschemaid', 'yearfrom', 'yearto', 'orgid'])
    .filter(([, , schema = '']) => targets.has(schema));
  const newLinks = Array.from({ length: lacking('wmi_vinschema', links.length, scale) }, (_, n): Row => {
    const [schemaId = '1'] =
      (copies.length > 0 ? copies : schemas)[n % (copies.length || schemas.length)] ?? [];
    const [wmiId = '1'] = (newWmis.length > 0 ? newWmis : wmis)[n % (newWmis.length || wmis.length)] ?? [];
    const from = 2000 + (mixed(n, seed, 1) % 25);
    return [`${MADE_UP + n}`, wmiId, schemaId, `${from}`, `${from + (n % 4)}`, NULL];
  });
  const pairs = snapshot.rows('wmi_make', ['wmiid', 'makeid']);
  const newPairs = Array.from({ length: lacking('wmi_make', pairs.length, scale) }, (_, n): Row => {
    const [wmiId = '1'] = (newWmis.length > 0 ? newWmis : wmis)[n % (newWmis.length || wmis.length)] ?? [];
    const [, makeId = '1'] = pairs[mixed(n, seed, 2) % pairs.length] ?? [];
    return [wmiId, makeId];
  });
  const allWmis = [...wmis, ...newWmis];
  const allLinks = [...links, ...newLinks];
  return {
    wmi: allWmis,
    wmi_make: [...pairs, ...newPairs],
    vinschema: [...schemas, ...copies],
    wmi_vinschema: allLinks,
    schemas: targets,
    trailerSchemas: trailersOf(allWmis, allLinks),
    wmiYears: () => wmiYears(allWmis, allLinks),
  };
}

/** How many rows a table needs beyond those that are there. */
export function lacking(table: keyof typeof FULL_ROWS, there: number, scale: number): number {
  return Math.max(Math.round(FULL_ROWS[table] * scale) - there, 0);
}

/** Copies of schemas all over the table; notes each under the schema that it is a copy of. */
function copySchemas(schemas: readonly Row[], count: number, targets: Map<string, string[]>): Row[] {
  const stride = Math.max(schemas.length / count, 1);
  return Array.from({ length: count }, (_, n): Row => {
    const [id = '', name = ''] = schemas[Math.floor(n * stride) % schemas.length] ?? [];
    const copy = `${MADE_UP + n}`;
    targets.get(id)?.push(copy);
    return [copy, `${name} (copy ${n})`, NULL, DAY, NULL, 'f'];
  });
}

/** Small makers' codes: nine thousand of thirteen thousand have six characters, the third of them a 9. */
function inventWmis(wmis: readonly Row[], count: number): Row[] {
  const taken = new Set(wmis.map(([, wmi]) => wmi));
  const made: Row[] = [];
  for (let n = 0; made.length < count; n++) {
    const digits = Array.from({ length: 5 }, (_, place) => ALPHABET[Math.floor(n / 33 ** place) % 33]);
    const wmi = `${digits[4]}${digits[3]}9${digits[2]}${digits[1]}${digits[0]}`;
    if (taken.has(wmi)) continue;
    const like = wmis[(made.length * 7919) % wmis.length] ?? [];
    made.push([`${MADE_UP + made.length}`, wmi, ...like.slice(2)]);
  }
  return made;
}

function trailersOf(wmis: readonly Row[], links: readonly Row[]): Set<string> {
  const trailers = new Set(wmis.filter(([, , , , type]) => type === '6').map(([id]) => id));
  return new Set(links.filter(([, wmi]) => trailers.has(wmi ?? '')).map(([, , schema = '']) => schema));
}

function* wmiYears(wmis: readonly Row[], links: readonly Row[]): Generator<readonly [string, number]> {
  const texts = new Map(wmis.map(([id = '', wmi = '']) => [id, wmi]));
  for (const [, wmiId = '', , from = '', to = ''] of links) {
    const wmi = texts.get(wmiId);
    if (wmi === undefined) continue;
    const last = Math.min(to === NULL ? LAST_YEAR : Number(to), LAST_YEAR);
    for (let year = Math.max(Number(from), 1980); year <= last; year++) yield [wmi, year];
  }
}
