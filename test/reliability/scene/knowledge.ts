/** What is right: asked of the database before anything is done to it, and compared with every answer from then on. */

import pg from 'pg';
import { checkDigit } from '../../../server/vin.ts';
import type { Answer } from './client.ts';

/** Of the fixture: two kinds of vehicle, and serial numbers follow. */
const KINDS = ['1AAA1BC2?LF', '1AAB1BC2?LF'] as const;

/** Every check digit that there is, and as many serial numbers as it takes to meet each. */
const SERIALS = 120;

/** What is asked as a client of NHTSA's would, and for the dropdowns of the page; all of it known to the cache once it was asked. */
const PATHS = [
  '/api/vehicles/dropdown/makes',
  '/api/vehicles/dropdown/models/aster?year=2020',
  '/api/vehicles/dropdown/years',
  '/api/vehicles/dropdown/trims?year=2020&make=aster&model=alpha',
  '/api/vehicles/decode/1AAB1BC21LF000001/explain',
  '/vpic/api/vehicles/DecodeVin/1AAB1BC21LF000001?format=json',
  '/vpic/api/vehicles/DecodeVinValues/1AAA1BC27LF000001?format=xml',
  '/vpic/api/vehicles/GetModelsForMake/aster?format=csv',
] as const;

/** Where the VIN stands in what is kept of an answer; in no JSON text. */
const OPEN = '\0';

const NONE = 'another answer than the database gives';

export class Knowledge {
  readonly paths: readonly string[] = PATHS;
  readonly #texts = new Map<string, string>();
  /** Decodes of right VINs by kind and check digit, the VIN's place left open. */
  readonly #frames = new Map<string, string>();
  /** The same of VINs with a wrong check digit by kind, but for what may differ from one serial number to the next. */
  readonly #outlines = new Map<string, string>();

  /** Asks the database for decodes and the service for the rest. @param ask asks the service, and fails on anything but 200 */
  static async learn(databaseUrl: string, ask: (path: string) => Promise<string>): Promise<Knowledge> {
    const knowledge = new Knowledge();
    const client = new pg.Client(databaseUrl);
    await client.connect();
    try {
      for (const kind of KINDS) {
        for (let serial = 0; serial < SERIALS; serial += 1) {
          await knowledge.#learnDecode(client, ask, siblingOf(kind, serial));
        }
        const lone = loneOf(kind, 1);
        const { rows } = await client.query<{ body: string }>('select api.decode_vin($1)::text as body', [
          lone,
        ]);
        knowledge.#outlines.set(kind, outlineOf(JSON.parse(rows[0]?.body ?? ''), lone));
      }
    } finally {
      await client.end();
    }
    for (const path of PATHS) knowledge.#texts.set(path, await ask(path));
    return knowledge;
  }

  private constructor() {}

  async #learnDecode(client: pg.Client, ask: (path: string) => Promise<string>, vin: string): Promise<void> {
    const key = keyOf(vin);
    if (this.#frames.has(key)) return;
    const { rows } = await client.query<{ body: string }>('select api.decode_vin($1)::text as body', [vin]);
    const text = await ask(`/api/vehicles/decode/${vin}`);
    if (sorted(JSON.parse(text)) !== sorted(JSON.parse(rows[0]?.body ?? '')))
      throw new Error(`${vin}: ${NONE}`);
    this.#frames.set(key, text.replaceAll(vin, OPEN));
  }

  /** What is wrong with the answer for one of {@link paths}. */
  path(path: string, { status, text }: Answer): string | null {
    return status === 200 && text === this.#texts.get(path) ? null : NONE;
  }

  /** What is wrong with a decode of a right VIN of a known kind. */
  decode(vin: string, { status, text }: Pick<Answer, 'status' | 'text'>): string | null {
    return status === 200 && isSame(text, this.textOf(vin)) ? null : NONE;
  }

  /** The whole decode of a right VIN of a known kind. */
  textOf(vin: string): string | undefined {
    return this.#frames.get(keyOf(vin))?.replaceAll(OPEN, vin);
  }

  /** What is wrong with a decode of a VIN with a wrong check digit. */
  outline(vin: string, { status, text }: Pick<Answer, 'status' | 'text'>): string | null {
    const kind = KINDS.find((known) => known.startsWith(vin.slice(0, 8)));
    if (status !== 200 || kind === undefined) return NONE;
    return outlineOf(JSON.parse(text), vin) === this.#outlines.get(kind) ? null : NONE;
  }
}

/** Decodes of lone VINs, compared whole when a run is over: their confidence differs from VIN to VIN. */
export async function countWrong(databaseUrl: string, answers: ReadonlyMap<string, string>): Promise<number> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ vin: string; body: string }>(
      'select vin, decoded::text as body from api.decode_vins($1)',
      [[...answers.keys()]],
    );
    return rows.filter(
      ({ vin, body }) => sorted(JSON.parse(answers.get(vin) ?? 'null')) !== sorted(JSON.parse(body)),
    ).length;
  } finally {
    await client.end();
  }
}

/** A VIN of a kind that is right: its answer is common to its descriptor, but for its own part. */
export function siblingOf(kind: string, serial: number): string {
  const vin = kind.replace('?', '0') + String(serial % 1_000_000).padStart(6, '0');
  return vin.slice(0, 8) + (checkDigit(vin) ?? '0') + vin.slice(9);
}

/** A VIN of a kind with a wrong check digit: nobody else's answer, so the database has to be asked. */
export function loneOf(kind: string, serial: number): string {
  const vin = kind.replace('?', '0') + String(serial % 1_000_000).padStart(6, '0');
  return vin.slice(0, 8) + (checkDigit(vin) === '1' ? '2' : '1') + vin.slice(9);
}

/** A known kind. */
export function kindOf(index: number): string {
  return KINDS[index % KINDS.length] ?? KINDS[0];
}

/** Kind and check digit. */
function keyOf(vin: string): string {
  return vin.slice(0, 11);
}

/** Without what may differ from one wrong VIN of a kind to the next: its own part, and how likely each reading is. */
function outlineOf(decoded: unknown, vin: string): string {
  const masked = JSON.stringify(decoded, (key, value) =>
    key === 'confidence' || key === 'fieldConfidence' || key === 'checkDigit' ? undefined : value,
  );
  return sorted(JSON.parse(masked.replaceAll(vin, '?')));
}

/** Whether two answers say the same: their members and `rawData` are in no particular order. */
export function isSame(text: string, expected: string | undefined): boolean {
  if (text === expected) return true;
  return expected !== undefined && sorted(JSON.parse(text)) === sorted(JSON.parse(expected));
}

/** The same text for the same members, in whichever order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'rawData' && Array.isArray(inner)) return inner.map(sorted).sort();
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
