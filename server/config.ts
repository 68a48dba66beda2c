import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { NHTSA_URL } from '../etl/sources/download/address.ts';
import { type HttpConfig, httpConfigOf, httpEnvironment } from './config-http.ts';
import { passwordFileEnvironment, readSecretFile, withPasswords } from './config-secrets.ts';
import {
  cronExpression,
  databaseUrl,
  duration,
  etlSource,
  isPlainHttp,
  redisAddress,
  timeZone,
  webFolder,
  webUrl,
  yesOrNo,
} from './config-values.ts';
import { Failure } from './failure.ts';
import type { RedisAddress } from './redis/address.ts';

/** How bearer tokens are verified: one shared secret, or the keys a login service publishes. */
export type JwtConfig =
  | { kind: 'secret'; secret: string; issuer: string | null; audience: string | null }
  | { kind: 'jwks'; jwksUri: string; issuer: string; audience: string };

/** Everything the environment decides, checked and typed. `null` means: not set. */
export interface Config {
  port: number;
  host: string;
  /** Absolute path of the embedded databases and downloads. */
  dataDir: string;
  databaseUrl: string | null;
  platformDatabaseUrl: string | null;
  platformReplicaUrls: string[];
  /** `null`: each server keeps answers in its own memory alone. */
  redis: RedisAddress | null;
  /** Bytes of memory for cached answers; 0 turns the cache off. */
  cacheMaxBytes: number;
  jwt: JwtConfig | null;
  /** `bundled`, `nhtsa`, an absolute file path or an https URL. */
  etlSource: string;
  /** Where NHTSA's monthly files lie; ends with a slash. */
  etlNhtsaUrl: string;
  /** Whether sources may come over plain http from other machines. */
  etlAllowHttp: boolean;
  etlSchedule: string;
  etlTimezone: string;
  etlKeepReleases: number;
  /** Milliseconds since the last good rebuild after which the data counts as stale. */
  etlMaxAgeMs: number;
  alertWebhookUrl: string | null;
  logLevel: (typeof logLevels)[number];
  /** Whether this server takes rebuild jobs too; `npm run worker` does it alone. */
  worker: (typeof workers)[number];
  http: HttpConfig;
  /** One line each: allowed, but worth a look. */
  warnings: string[];
}

const workers = ['inline', 'off'] as const;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** RFC 7518 section 3.2: a key of the size of the hash output (256 bits) or larger. */
const shortestSafeSecret = 32;

/** The folder that package.json lies in: the default DATA_DIR does not depend on where a command is called. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url));

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a port number from 0 to 65535 (0: any free port)')
    .transform(Number)
    .refine((port) => port <= 65535, 'a port number from 0 to 65535 (0: any free port)')
    .default(3001),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_%-]+$/, 'a host name or an IP address such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  DATA_DIR: z.string().default(resolve(projectRoot, '.data')),
  DATABASE_URL: databaseUrl('motovaultpro').optional(),
  PLATFORM_DATABASE_URL: databaseUrl('mvp-platform-vehicles').optional(),
  PLATFORM_REPLICA_URLS: z
    .string()
    .transform((list) => list.split(',').map((url) => url.trim()))
    .pipe(z.array(databaseUrl('mvp-platform-vehicles')))
    .default([]),
  REDIS_URL: redisAddress.optional(),
  ...passwordFileEnvironment,
  // All answers that a fleet of 30,000 vehicle descriptions asks for; a fraction of what Node and PostgreSQL take.
  CACHE_MAX_MIB: z
    .string()
    .regex(/^\d{1,5}$/, 'a number of MiB from 0 (no cache) to 99999')
    .transform(Number)
    .default(128),
  JWT_SECRET: z.string().optional(),
  JWT_SECRET_FILE: z.string().optional(),
  JWT_JWKS_URI: webUrl('https').optional(),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  ETL_SOURCE: etlSource((path) => existsSync(path)).default('bundled'),
  ETL_NHTSA_URL: webFolder.default(NHTSA_URL),
  ETL_ALLOW_HTTP: yesOrNo.default(false),
  ETL_SCHEDULE: cronExpression.default('0 2 * * 0'),
  ETL_TIMEZONE: timeZone.default('UTC'),
  ETL_KEEP_RELEASES: z
    .string()
    .regex(/^[1-9]\d?$/, 'a whole number from 1 to 99')
    .transform(Number)
    .default(3),
  // Two weekly rebuilds missed, and a day for the third to finish: one miss is a retry's business, two are not.
  ETL_MAX_AGE: duration.prefault('15d'),
  ALERT_WEBHOOK_URL: webUrl('http or https').optional(),
  ...httpEnvironment,
  WORKER: z.enum(workers, `one of ${workers.join(', ')}`).default('inline'),
  LOG_LEVEL: z.enum(logLevels, `one of ${logLevels.join(', ')}`).default('info'),
});

type Environment = z.output<typeof environment>;
/** Every variable that is read. */
export const names: readonly string[] = Object.keys(environment.shape);
/** Their values never reach a log: they are, or contain, secrets. */
const secrets = new Set(names.filter((name) => /SECRET|URL|URI/.test(name)));
/** A variable that begins like ours and is not ours is a typing mistake that would otherwise be ignored. */
const prefixes = ['ETL_', 'JWT_', 'PLATFORM_'];

/**
 * Reads the environment (CONTRACT section 2). An empty value counts as not set, so that `${VAR:-}` in a compose
 * file works. @throws {Failure} one line that names the variable, what was given and what is allowed.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value]] : [])),
  );
  refuseUnknown(Object.keys(given));
  const parsed = environment.safeParse(withPasswords(given));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    throw new Failure(`${name}${secrets.has(name) ? '' : ` is "${given[name]}"`}: must be ${issue?.message}`);
  }
  const { data } = parsed;
  refusePlainHttp(data);
  const warnings: string[] = [];
  return {
    port: data.PORT,
    host: data.HOST,
    dataDir: resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL ?? null,
    platformDatabaseUrl: data.PLATFORM_DATABASE_URL ?? null,
    platformReplicaUrls: data.PLATFORM_REPLICA_URLS,
    redis: data.REDIS_URL ?? null,
    cacheMaxBytes: data.CACHE_MAX_MIB * 1024 * 1024,
    jwt: readJwt(data, warnings),
    etlSource: data.ETL_SOURCE,
    etlNhtsaUrl: data.ETL_NHTSA_URL,
    etlAllowHttp: data.ETL_ALLOW_HTTP,
    etlSchedule: data.ETL_SCHEDULE,
    etlTimezone: data.ETL_TIMEZONE,
    etlKeepReleases: data.ETL_KEEP_RELEASES,
    etlMaxAgeMs: data.ETL_MAX_AGE,
    alertWebhookUrl: data.ALERT_WEBHOOK_URL ?? null,
    logLevel: data.LOG_LEVEL,
    worker: data.WORKER,
    http: httpConfigOf(data),
    warnings,
  };
}

/** Whoever sits on the line of plain http decides what every VIN decodes to. */
function refusePlainHttp(data: Environment): void {
  for (const name of ['ETL_SOURCE', 'ETL_NHTSA_URL'] as const) {
    if (data.ETL_ALLOW_HTTP || !isPlainHttp(data[name])) continue;
    throw new Failure(`${name} is a URL of plain http: use https, or set ETL_ALLOW_HTTP to yes`);
  }
}

/** The environment for a child process that belongs to the user (psql), with `extra` on top. */
export function childEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}

function readJwt(data: Environment, warnings: string[]): JwtConfig | null {
  const { JWT_JWKS_URI: jwksUri, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = data;
  const secret = readSecret(data);
  if (secret !== undefined && jwksUri !== undefined) {
    // A server that took both would let a token choose how it is verified.
    throw new Failure('JWT_SECRET and JWT_JWKS_URI are both set: set one of them, the way tokens are signed');
  }
  if (secret !== undefined) {
    if (Buffer.byteLength(secret) < shortestSafeSecret) {
      warnings.push(
        `JWT_SECRET is shorter than ${shortestSafeSecret} bytes: it can be guessed from one token`,
      );
    }
    if (secret.includes('-----BEGIN')) {
      // Whoever has the public key, which is everybody, could sign tokens with it.
      throw new Failure(
        'JWT_SECRET is a key in PEM form: set a random text, or JWT_JWKS_URI for RS256 and ES256',
      );
    }
    return { kind: 'secret', secret, issuer: issuer ?? null, audience: audience ?? null };
  }
  if (jwksUri !== undefined) {
    if (issuer === undefined || audience === undefined) {
      const missing = issuer === undefined ? 'JWT_ISSUER' : 'JWT_AUDIENCE';
      throw new Failure(`${missing} is not set: JWT_JWKS_URI needs JWT_ISSUER and JWT_AUDIENCE beside it`);
    }
    return { kind: 'jwks', jwksUri, issuer, audience };
  }
  if (issuer !== undefined || audience !== undefined) {
    const lonely = issuer === undefined ? 'JWT_AUDIENCE' : 'JWT_ISSUER';
    throw new Failure(
      `${lonely} is set without a key: set JWT_SECRET (HS256) or JWT_JWKS_URI (RS256, ES256) too`,
    );
  }
  return null;
}

/** The secret itself, or what its file holds (as container platforms hand secrets over) without the last line's end. */
function readSecret({ JWT_SECRET: secret, JWT_SECRET_FILE: file }: Environment): string | undefined {
  if (file === undefined) return secret;
  if (secret !== undefined) throw new Failure('JWT_SECRET and JWT_SECRET_FILE are both set: set one of them');
  return readSecretFile('JWT_SECRET_FILE', file);
}

function refuseUnknown(given: string[]): void {
  for (const name of given) {
    if (names.includes(name) || !prefixes.some((prefix) => name.startsWith(prefix))) continue;
    const nearest = names
      .map((known) => ({ known, distance: editDistance(name, known) }))
      .sort((a, b) => a.distance - b.distance)[0];
    const prefix = prefixes.find((candidate) => name.startsWith(candidate)) ?? '';
    const family = names.filter((known) => known.startsWith(prefix)).join(', ');
    const near = nearest !== undefined && nearest.distance <= 4;
    throw new Failure(
      `${name} is not a setting: ${near ? `did you mean ${nearest.known}?` : `there are ${family}`}`,
    );
  }
}

/** Levenshtein distance: how many letters to insert, drop or change. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
