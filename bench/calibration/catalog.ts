import { readFile } from 'node:fs/promises';
import type pg from 'pg';

/** Schemas that apply to the VINs of one WMI over a span of model years. */
export interface Segment {
  wmi: string;
  isLight: boolean;
  vehicleType: string;
  yearFrom: number;
  yearTo: number;
  schemaIds: number[];
  /** Characters that some pattern knows at VIN positions 4-14; null where none looks. */
  validCharacters: (string | null)[];
}

/** A key that names a model. */
export interface ModelKey {
  schemaId: number;
  keys: string;
}

/** The published release, as far as VINs are drawn from it. */
export interface Catalog {
  dataVersion: string;
  source: string;
  /** The database's calendar year. */
  year: number;
  /** The keys of each model of each make; only makes that have any. */
  makes: ModelKey[][][];
  segmentsOfSchema: Map<number, Segment[]>;
  keysOfSchema: Map<number, string[]>;
}

/** The text of a query file beside this one. */
export function readQuery(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8');
}

/**
 * Reads what VINs are drawn from: once, some 20 MB, two seconds. Null when no release is published.
 * @param isLightOnly passenger cars, MPVs and light trucks only
 */
export async function readCatalog(pool: pg.Pool, isLightOnly: boolean): Promise<Catalog | null> {
  const [release] = await rows<{ data_version: string; source: string; year: number }>(pool, 'release.sql');
  if (release === undefined) return null;
  const [makes, segments, keysOfSchema] = await Promise.all([
    readMakes(pool),
    readSegments(pool),
    readKeys(pool),
  ]);
  const links = segments
    .filter(({ isLight }) => isLight || !isLightOnly)
    .flatMap((segment) => segment.schemaIds.map((schemaId) => ({ schemaId, segment })));
  const segmentsOfSchema = new Map(
    Array.from(
      Map.groupBy(links, ({ schemaId }) => schemaId),
      ([schemaId, ofSchema]): [number, Segment[]] => [schemaId, ofSchema.map(({ segment }) => segment)],
    ),
  );
  const isDrawn = (model: readonly ModelKey[]): boolean =>
    model.some(({ schemaId }) => segmentsOfSchema.has(schemaId));
  return {
    dataVersion: release.data_version,
    source: release.source,
    year: release.year,
    makes: makes.map((models) => models.filter(isDrawn)).filter((models) => models.length > 0),
    segmentsOfSchema,
    keysOfSchema,
  };
}

async function rows<Row extends pg.QueryResultRow>(pool: pg.Pool, name: string): Promise<Row[]> {
  return (await pool.query<Row>(await readQuery(name))).rows;
}

async function readMakes(pool: pg.Pool): Promise<ModelKey[][][]> {
  const found = await rows<{ make_id: number; model_id: number; schema_id: number; keys: string }>(
    pool,
    'models.sql',
  );
  const makes = Map.groupBy(found, (row) => row.make_id);
  return Array.from(makes.values(), (ofMake) =>
    Array.from(Map.groupBy(ofMake, (row) => row.model_id).values(), (ofModel): ModelKey[] =>
      ofModel.map((row) => ({ schemaId: row.schema_id, keys: row.keys })),
    ),
  );
}

async function readSegments(pool: pg.Pool): Promise<Segment[]> {
  const found = await rows<{
    wmi: string;
    is_light: boolean;
    vehicle_type_name: string | null;
    year_from: number;
    year_to: number;
    schema_ids: number[];
    valid_characters: (string | null)[];
  }>(pool, 'segments.sql');
  return found.map((row) => ({
    wmi: row.wmi,
    isLight: row.is_light,
    vehicleType: row.vehicle_type_name ?? '',
    yearFrom: row.year_from,
    yearTo: row.year_to,
    schemaIds: row.schema_ids,
    validCharacters: row.valid_characters,
  }));
}

async function readKeys(pool: pg.Pool): Promise<Map<number, string[]>> {
  const found = await rows<{ schema_id: number; keys: string }>(pool, 'keys.sql');
  return new Map(found.map((row) => [row.schema_id, row.keys.split('\n')]));
}
