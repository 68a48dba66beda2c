/** What the service says on a database, whoever made it. */

import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Series } from '../../../../server/database/migrate.ts';
import { SECRET, tokenOf } from '../../../e2e/garage.ts';
import { Service } from '../../../harness/service.ts';

/** Longest wait for a rebuild of a few rows, on a machine that is busy with other things. */
const PATIENCE_MS = 300_000;

const PUBLIC = [
  '/api/vehicles/decode/1HGCM82633A004352',
  '/api/vehicles/decode/1HGCM82633A004352/explain',
  '/api/vehicles/decode/1HGCM8263XA004352?modelYear=2003',
  '/api/vehicles/dropdown/makes',
  '/api/vehicles/dropdown/models/honda?year=2003',
  '/api/vehicles/dropdown/years?make=honda&model=accord',
  '/vpic/api/vehicles/DecodeVinValues/1HGCM82633A004352?format=json',
];
export const USERS = ['alice', 'auth0|bob', 'nobody'];

const status = z.looseObject({ dataVersion: z.string(), isOutdated: z.boolean() });

export interface Answers {
  /** Text by path, and by user. */
  readonly said: Readonly<Record<string, string>>;
  /** What a decode said before the rebuild that an upgrade asks for. */
  readonly before: string;
  readonly dataVersion: string;
}

/** Starts the service with its worker, waits for the rebuild that it may want, asks it, and stops it. */
export async function answersOf(
  urls: Readonly<Record<Series, string>>,
  { source, dataDir }: { source: string; dataDir: string },
): Promise<Answers> {
  const service = new Service({
    PORT: '0',
    DATA_DIR: dataDir,
    PLATFORM_DATABASE_URL: urls.platform,
    DATABASE_URL: urls.app,
    JWT_SECRET: SECRET,
    ETL_SOURCE: source,
    LOG_LEVEL: 'warn',
  });
  try {
    const url = await service.listening();
    const ask = async (path: string, init?: RequestInit): Promise<string> => {
      const reply = await fetch(url + path, init);
      return `${reply.status} ${await reply.text()}`;
    };
    const before = await ask(PUBLIC[0] ?? '');
    const dataVersion = await current(() => ask('/api/platform/status'), service);
    const said: Record<string, string> = {};
    for (const path of PUBLIC) said[path] = inOrder((await ask(path)).replaceAll(dataVersion, '(version)'));
    for (const user of USERS)
      said[user] = await ask('/api/vehicles', { headers: { Authorization: `Bearer ${tokenOf(user)}` } });
    return { said, before, dataVersion };
  } finally {
    await service.stop();
  }
}

/** Members of objects, and the rows of `rawData` (docs/api.md), are in no particular order, and in another on another PostgreSQL. */
function inOrder(reply: string): string {
  const [, status, json] = /^(\d+) (\{.*\})$/s.exec(reply) ?? [];
  if (json === undefined) return reply;
  const body = JSON.parse(json, (name, value: unknown) => {
    if (name === 'rawData' && Array.isArray(value))
      return value.map((row: unknown) => JSON.stringify(row)).sort();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
  return `${status} ${JSON.stringify(body)}`;
}

/** @returns the data version, as soon as the data is what this program made */
async function current(ask: () => Promise<string>, service: Service): Promise<string> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const text = await ask();
    if (text.startsWith('200 ')) {
      const { dataVersion, isOutdated } = status.parse(JSON.parse(text.slice(4)));
      if (!isOutdated) return dataVersion;
    }
    if (performance.now() > deadline) throw new Error(`the data is not made anew: ${text} ${service.stderr}`);
    await sleep(100);
  }
}
