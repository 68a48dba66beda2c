import { resolve } from 'node:path';
import { z } from 'zod';
import { isLoopback } from '../etl/sources/download/address.ts';
import { type RedisAddress, redisAddressOf } from './redis/address.ts';

/*
 * The kinds of values that the environment holds. Each message is the second half of the sentence
 * "NAME is …: must be <message>".
 */

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** A PostgreSQL URL that names its database: without a name, clients silently take the login's name. */
export function databaseUrl(example: string): z.ZodType<string, string> {
  return z.string().refine((text) => {
    const url = parseUrl(text);
    return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
  }, `a PostgreSQL URL with a database name, such as postgres://login:password@host:5432/${example}`);
}

/** Where Redis is (redis/address.ts). */
export const redisAddress: z.ZodType<RedisAddress, string> = z.string().transform((text, context) => {
  const address = redisAddressOf(text);
  if (address !== null) return address;
  context.addIssue({
    code: 'custom',
    message:
      'redis://host:6379 (rediss:// for TLS), redis://host1,host2 for a cluster or redis+sentinel://host1,host2/name for Sentinel',
  });
  return z.NEVER;
});

/** `https`, or plain http as well where the peer is the operator's own. */
export function webUrl(allowed: 'https' | 'http or https'): z.ZodType<string, string> {
  return z.string().refine(
    (text) => {
      const url = parseUrl(text);
      return (
        url !== null &&
        (url.protocol === 'https:' || (url.protocol === 'http:' && (allowed !== 'https' || isLoopback(url))))
      );
    },
    `an ${allowed === 'https' ? 'https' : 'http or https'} URL`,
  );
}

/** A folder on the web: what is added to it lies below it. */
export const webFolder: z.ZodType<string, string> = webUrl('http or https')
  .refine((text) => !/[?#@]/.test(text), 'a URL without login, query and fragment')
  .transform((text) => text.replace(/\/*$/, '/'));

/** For settings that are on or off. */
export const yesOrNo: z.ZodType<boolean, string> = z
  .enum(['yes', 'no'], 'yes or no')
  .transform((text) => text === 'yes');

/** Whether a text is a URL of plain http that leaves this machine, where others can hear and change what comes. */
export function isPlainHttp(text: string): boolean {
  const url = parseUrl(text);
  return url?.protocol === 'http:' && !isLoopback(url);
}

/** `bundled`, `nhtsa`, a URL or the path of a file that is there. */
export function etlSource(exists: (path: string) => boolean): z.ZodType<string, string> {
  return z
    .string()
    .refine((text) => {
      if (text === 'bundled' || text === 'nhtsa') return true;
      return /^https?:$/.test(parseUrl(text)?.protocol ?? '') || exists(resolve(text));
    }, 'bundled, nhtsa, an https URL or the path of an existing file')
    .transform((text) =>
      text === 'bundled' || text === 'nhtsa' || URL.canParse(text) ? text : resolve(text),
    );
}

const cronFields: { least: number; most: number; names: string[] }[] = [
  { least: 0, most: 59, names: [] },
  { least: 0, most: 23, names: [] },
  { least: 1, most: 31, names: [] },
  { least: 1, most: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { least: 0, most: 7, names: 'sun mon tue wed thu fri sat'.split(' ') },
];

/** Minute, hour, day of month, month, day of week; lists, ranges, steps and English names. */
export const cronExpression: z.ZodType<string, string> = z.string().refine((text) => {
  const fields = text.trim().split(/\s+/);
  return fields.length === 5 && fields.every((field, index) => isCronField(field, index));
}, 'five cron fields (minute hour day month weekday), such as "0 2 * * 0"');

function isCronField(field: string, index: number): boolean {
  const kind = cronFields[index];
  if (kind === undefined) return false;
  const value = (word: string): number => {
    const named = kind.names.indexOf(word.toLowerCase());
    if (named >= 0) return named + kind.least;
    return /^\d{1,2}$/.test(word) ? Number(word) : Number.NaN;
  };
  const inRange = (number: number): boolean => number >= kind.least && number <= kind.most;
  return field.split(',').every((part) => {
    const [range = '', step, ...rest] = part.split('/');
    if (rest.length > 0 || (step !== undefined && !/^[1-9]\d?$/.test(step))) return false;
    if (range === '*') return true;
    const ends = range.split('-').map(value);
    const [first = Number.NaN, last = first] = ends;
    return ends.length <= 2 && inRange(first) && inRange(last) && first <= last;
  });
}

/** A name of the IANA time zone database. */
export const timeZone: z.ZodType<string, string> = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}, 'a time zone such as UTC or America/Chicago');

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `36h`, `15d` or `3w`, as milliseconds. */
export const duration: z.ZodType<number, string> = z
  .string()
  .regex(/^[1-9]\d{0,3}[hdw]$/, 'a number with h, d or w, such as 36h, 15d or 3w')
  .transform((text) => Number(text.slice(0, -1)) * (unitMs[text.slice(-1)] ?? 0));
