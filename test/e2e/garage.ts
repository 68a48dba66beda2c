/** What the end-to-end tests of the users' vehicles share: the service with both databases, and tokens for its users. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import jwt from 'jsonwebtoken';
import { type Logger, pino } from 'pino';
import { z } from 'zod';
import { createApp } from '../../server/app.ts';
import { createAuthenticator } from '../../server/auth/authenticator.ts';
import { openCache } from '../../server/cache/open.ts';
import type { JwtConfig } from '../../server/config.ts';
import { connectionOf, createPool } from '../../server/database/pool.ts';
import { Decoder } from '../../server/decode/decoder.ts';
import { openGarage } from '../../server/garage/open.ts';
import { createHttpServer } from '../../server/http/server.ts';
import type { RedisMemory } from '../../server/redis/open.ts';
import { watched } from '../contract/watch.ts';

export { until } from '../harness/until.ts';

export const SECRET = 'a secret of more than thirty-two bytes';

/** A machine that stands still for a moment is no database that is away. */
const PATIENT_MS = 60_000;

/** A token of this user, good for so many seconds, an hour when absent. */
export function tokenOf(subject: string, claims: Record<string, unknown> = {}, lifetime = 3_600): string {
  return jwt.sign({ sub: subject, ...claims }, SECRET, { expiresIn: lifetime });
}

export interface GarageServiceOptions {
  platform: string;
  app: string;
  jwt?: JwtConfig | null;
  completeEveryMs?: number;
  /** Memory of the cache of lists. */
  maxBytes?: number;
  logger?: Logger;
  redis?: RedisMemory;
  /** With the service's own limits, for tests of what they end. */
  isHurried?: boolean;
  /** The clock that lists in Redis go by. */
  now?: () => number;
}

/** Asks as a user; a body is sent as JSON. */
export type AskAs = (user: string, method: string, path: string, body?: unknown) => Promise<Response>;

export interface GarageService {
  application: Express;
  url: string;
  as: AskAs;
  ask(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** The service as main.ts puts it together, on a platform and a main database. */
export async function openGarageService(options: GarageServiceOptions): Promise<GarageService> {
  const {
    platform: platformUrl,
    app,
    maxBytes = 1_000_000,
    completeEveryMs = 50,
    redis,
    now,
    isHurried,
  } = options;
  const { logger = pino({ level: 'silent' }) } = options;
  const login = { url: platformUrl, role: 'mvp_platform_user', applicationName: 'garage tests' };
  const platform = createPool({ ...login, max: 4, connectTimeoutMs: isHurried ? 1_000 : PATIENT_MS });
  const { cache, close } = await openCache({ connection: connectionOf(login), maxBytes: 0, logger });
  const decoder = new Decoder({ cache, platform, bulk: platform });
  const shared = {
    ...(redis && { redis }),
    ...(now && { now }),
    ...(!isHurried && { patienceMs: PATIENT_MS }),
  };
  const garage = await openGarage({ url: app, decoder, logger, maxBytes, completeEveryMs, ...shared });
  const config: JwtConfig = { kind: 'secret', secret: SECRET, issuer: null, audience: null };
  const authenticate = createAuthenticator(options.jwt === undefined ? config : options.jwt, logger);
  const application = createApp({ platform, logger, cache, users: { ...garage, authenticate } });
  const server = createHttpServer(application);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  let closing: Promise<void> | null = null;
  const closeAll = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await garage.close();
    await close();
    await platform.end();
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = watched((path, init) => fetch(url + path, init));
  return {
    application,
    url,
    ask,
    as: (user, method, path, body) =>
      ask(path, {
        method,
        headers: { Authorization: `Bearer ${tokenOf(user)}`, 'Content-Type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}

const vehicle = z.strictObject({
  id: z.guid(),
  userId: z.string(),
  vin: z.string().nullable(),
  make: z.string().nullable(),
  model: z.string().nullable(),
  year: z.int().nullable(),
  nickname: z.string().nullable(),
  color: z.string().nullable(),
  licensePlate: z.string().nullable(),
  odometerReading: z.int().nullable(),
  isActive: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export type Vehicle = z.output<typeof vehicle>;

/** The vehicle of a reply, with exactly the contract's members. */
export async function vehicleOf(reply: Response): Promise<Vehicle> {
  return vehicle.parse(await reply.json());
}

/** The vehicles of a list. */
export async function vehiclesOf(reply: Response): Promise<Vehicle[]> {
  return z.array(vehicle).parse(await reply.json());
}
