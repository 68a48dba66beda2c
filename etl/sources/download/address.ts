import { SourceError } from '../../errors.ts';

/** Where NHTSA publishes the standalone database, about monthly. */
export const NHTSA_URL = 'https://vpic.nhtsa.dot.gov/downloads/';

/** Whether a URL stays on this machine, where plain http can be heard by nobody else. */
export function isLoopback(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

/**
 * A URL to fetch data from.
 * @param allowHttp Whether plain http may be spoken to other machines.
 * @throws SourceError for another scheme, and for a login, which would end up in the run log.
 */
export function parseAddress(text: string, allowHttp: boolean): URL {
  if (!URL.canParse(text)) throw new SourceError(`"${text}" is no URL`);
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new SourceError(`the URL of a source must not hold a login: ${url.protocol}//…@${url.host}`);
  }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && (allowHttp || isLoopback(url)))) return url;
  const advice = url.protocol === 'http:' ? 'use https, or set ETL_ALLOW_HTTP to yes' : 'use https';
  throw new SourceError(`${url.protocol}// is not taken as a source: ${advice}`);
}

/** A URL as it may be shown and written down: without what may be a key to it. */
export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** What was asked for (`bundled`, `nhtsa`, a path, a URL) as it may be shown and written down: the history of runs is told to everybody. */
export function shownSource(spec: string): string {
  const url = URL.canParse(spec) ? new URL(spec) : null;
  return url !== null && /^https?:$/.test(url.protocol) ? shown(url) : spec;
}

/**
 * The name under which a URL's file is kept. Names come from outside: nothing but letters, digits, `.`, `_` and `-`
 * stays, so none leads out of its folder.
 * @throws SourceError when it is not the name of a dump.
 */
export function fileNameOf(url: URL): string {
  const name = url.pathname.split('/').at(-1) ?? '';
  const safe = name
    .replaceAll(/%[0-9a-f]{2}/gi, '_')
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .slice(-100)
    .replace(/^\.+/, '');
  if (!/.\.(?:zip|sql|sql\.gz)$/i.test(safe)) {
    throw new SourceError(`${shown(url)} is not the address of a .zip, .sql or .sql.gz file`);
  }
  return safe;
}
