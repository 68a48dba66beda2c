/** A stream of bytes as lines, and a line as a VIN. */

import { modelYear, reasonAgainst, type VinEntry, vinEntry, vinEntryOf } from './vin-entry.ts';

/** A line that is not blank: what to decode, or the reason why it cannot be. */
export interface Line {
  /** 1-based, blank lines counted. */
  readonly number: number;
  readonly entry: VinEntry | null;
  /** A clause whose subject is the line; empty when there is an entry. */
  readonly reason: string;
}

/** Longest line in characters: one is refused as soon as it is longer, and never held. */
const LONGEST = 4096;

/**
 * Cuts a stream into lists of lines: at most `size` long, and shorter when the stream pauses, so that whoever waits
 * for an answer before sending the next line gets it. Ends of lines are LF or CR LF; a byte order mark is skipped,
 * ill-formed UTF-8 becomes U+FFFD, which is in no VIN.
 */
export async function* batchesOf(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Line[]> {
  const decoder = new TextDecoder();
  let rest = '';
  let isTooLong = false;
  let number = 0;
  let batch: Line[] = [];
  const take = (text: string): void => {
    number += 1;
    const line = isTooLong || text.length > LONGEST ? tooLong(number) : lineOf(text, number);
    isTooLong = false;
    if (line !== null) batch.push(line);
  };
  for await (const chunk of source) {
    const text = rest + decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      take(text.slice(start, end));
      start = end + 1;
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
    rest = text.slice(start);
    if (rest.length > LONGEST) {
      isTooLong = true;
      rest = '';
    }
    if (batch.length === 0) continue;
    yield batch;
    batch = [];
  }
  take(rest + decoder.decode());
  if (batch.length > 0) yield batch;
}

function tooLong(number: number): Line {
  return { number, entry: null, reason: `is longer than ${LONGEST} characters` };
}

/** A line as a VIN; null when it is blank. Most lines are a VIN and nothing else, and cost next to nothing. */
function lineOf(line: string, number: number): Line | null {
  const text = line.trim();
  if (text === '') return null;
  const entry = text.startsWith('{') || text.startsWith('"') ? entryOfJson(text) : entryOfText(text);
  return typeof entry === 'string' ? { number, entry: null, reason: entry } : { number, entry, reason: '' };
}

/** The entry that a JSON value is, or the reason why it is none. */
function entryOfJson(text: string): VinEntry | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is not valid JSON';
  }
  const parsed = vinEntry.safeParse(value);
  if (parsed.success) return vinEntryOf(parsed.data);
  return parsed.error.issues.map(reasonAgainst).join('; ');
}

/** The entry of a bare `VIN` or `VIN,year`, or the reason why it is none. */
function entryOfText(text: string): VinEntry | string {
  if (text.includes('\0')) return 'contains the character U+0000';
  const separator = text.search(/[,;\t]/);
  if (separator < 0) return { vin: text };
  const year = text.slice(separator + 1).trim();
  const vin = text.slice(0, separator).trim();
  if (year === '') return { vin };
  const parsed = modelYear.safeParse(/^[0-9]{4}$/.test(year) ? Number(year) : null);
  return parsed.success
    ? { vin, modelYear: parsed.data }
    : 'has something behind the VIN that is no model year';
}
