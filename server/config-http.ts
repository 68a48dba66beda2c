/** What the environment decides about serving HTTP: who may ask how much, from where, and how the service goes. */

import { isIP } from 'node:net';
import { z } from 'zod';

/** How many requests a client may make in a window of time. */
export interface RateLimit {
  requests: number;
  windowSeconds: number;
}

/** Who stands between the clients and this server: so many proxies, or proxies with these addresses. */
export type TrustedProxies = number | string[];

export interface HttpConfig {
  /** null: whoever connects is the client. */
  trustProxy: TrustedProxies | null;
  /** Web pages of which origins may read answers; empty: of none. */
  corsOrigins: '*' | string[];
  /** null: no limit. */
  rateLimit: RateLimit | null;
  /** Requests under way at most; more are turned away. */
  maxRequests: number;
  /** Connections at most; more are closed. */
  maxConnections: number;
  /** Milliseconds between the first word that the service goes and the first connection that it refuses. */
  shutdownDelayMs: number;
  /** Milliseconds that requests under way get to end. */
  shutdownTimeoutMs: number;
}

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** `600/m`, `50/10s`: so many requests in so much time. */
const rateLimit = z
  .string()
  .regex(/^[1-9]\d{0,8}\/\d{0,3}[smh]$/, 'requests/time such as 600/m, 50/10s or 20000/h')
  .transform((text): RateLimit => {
    const [requests = '', window = ''] = text.split('/');
    const count = window.slice(0, -1);
    return {
      requests: Number(requests),
      windowSeconds: Number(count || 1) * (secondsOf[window.slice(-1)] ?? 1),
    };
  })
  .refine(({ windowSeconds }) => windowSeconds > 0, 'requests/time with a time that is not 0');

/** The names of private networks that Express knows. */
const NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

function isProxy(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  if (NETWORKS.includes(text)) return true;
  if (rest.length > 0 || isIP(address) === 0) return false;
  return (
    prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (isIP(address) === 4 ? 32 : 128))
  );
}

const trustProxy = z
  .string()
  .transform((text): TrustedProxies => (/^[1-9]$/.test(text) ? Number(text) : listOf(text)))
  .refine(
    // Not "true": then every client could say who it is.
    (trusted) => typeof trusted === 'number' || (trusted.length > 0 && trusted.every(isProxy)),
    `how many proxies there are (1 to 9), or their addresses: 10.0.0.0/8, 192.0.2.7, ${NETWORKS.join(', ')}`,
  );

const corsOrigins = z
  .string()
  .transform((text): '*' | string[] => (text.trim() === '*' ? '*' : listOf(text)))
  .refine(
    (origins) => origins === '*' || origins.every(isOrigin),
    '* or origins such as https://app.example, separated by commas, without path',
  );

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function count(what: string): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^[1-9]\d{0,6}$/, `a number of ${what} from 1 to 9999999`)
    .transform(Number);
}

const seconds = z
  .string()
  .regex(/^\d{1,3}[sm]$/, 'a number with s or m, such as 5s or 2m')
  .transform((text) => Number(text.slice(0, -1)) * (secondsOf[text.slice(-1)] ?? 1) * 1000);

export const httpEnvironment = {
  RATE_LIMIT: rateLimit.optional(),
  TRUST_PROXY: trustProxy.optional(),
  CORS_ORIGINS: corsOrigins.default([]),
  // What is under way waits for the database, which answers a few thousand single questions a second on two cores: the
  // last of a thousand waits for some tenths of one, and whoever comes after is better off on another server.
  MAX_REQUESTS: count('requests').prefault('1000'),
  // Many times what a load balancer opens; the operating system's limit of open files may be lower.
  MAX_CONNECTIONS: count('connections').prefault('10000'),
  SHUTDOWN_DELAY: seconds.prefault('0s'),
  // What Docker waits before it kills; the databases have to be closed in it as well.
  SHUTDOWN_TIMEOUT: seconds.prefault('8s'),
} as const;

export function httpConfigOf(data: z.output<z.ZodObject<typeof httpEnvironment>>): HttpConfig {
  return {
    trustProxy: data.TRUST_PROXY ?? null,
    corsOrigins: data.CORS_ORIGINS,
    rateLimit: data.RATE_LIMIT ?? null,
    maxRequests: data.MAX_REQUESTS,
    maxConnections: data.MAX_CONNECTIONS,
    shutdownDelayMs: data.SHUTDOWN_DELAY,
    shutdownTimeoutMs: data.SHUTDOWN_TIMEOUT,
  };
}

/** As with an empty environment. */
export const httpDefaults: HttpConfig = httpConfigOf(z.object(httpEnvironment).parse({}));
