/** By what a server recognizes a state of a file (RFC 9110, section 8.8). */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/**
 * Headers that ask for a file only if it is none of the given ones. Entity tags where there are any; a date
 * cannot say which of several files it means, so it is sent for a single one.
 */
export function ifNoneOf(known: readonly Validators[]): Record<string, string> {
  const tags = [...new Set(known.map(({ etag }) => etag).filter((etag) => etag !== null))];
  if (tags.length > 0) return { 'if-none-match': tags.join(', ') };
  const [date, ...others] = new Set(known.map(({ lastModified }) => lastModified));
  return date && others.length === 0 ? { 'if-modified-since': date } : {};
}

/** Whether two entity tags are the same by weak comparison, which is what If-None-Match asks for. */
export function sameTag(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.replace(/^W\//, '') === other.replace(/^W\//, '');
}

/**
 * The value for If-Range, null when the file cannot be recognized well enough to be continued. It has to be the same
 * byte by byte: a weak tag does not say so, and a date only if the file was not changed again in the same second.
 * @param date The Date header that came with the validators.
 */
export function ifRange({ etag, lastModified }: Validators, date: string | null): string | null {
  if (etag !== null) return etag.startsWith('W/') ? null : etag;
  if (lastModified === null || date === null) return null;
  return Date.parse(date) - Date.parse(lastModified) >= 1000 ? lastModified : null;
}

/** First byte and whole size of a `Content-Range: bytes 5-9/10`; null for any other form. */
export function parseContentRange(value: string | null): { start: number; total: number } | null {
  const match = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15})$/.exec(value ?? '');
  return match ? { start: Number(match[1]), total: Number(match[2]) } : null;
}
