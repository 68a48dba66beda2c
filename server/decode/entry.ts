/** Decodes as cache entries: under which question they are kept, and what they are to a VIN. */

import { entryOf } from '../cache/answer-cache.ts';
import type { Entry } from '../cache/store.ts';
import type { Served } from '../http/answer.ts';
import { descriptor, isRegular } from '../vin.ts';
import { fillFrame, frameOf } from './own-part.ts';

/** What `api.decode_vin_text` and `api.decode_vins_text` give for one VIN. */
export interface DecodeRow {
  own: string;
  /** The function's column `common`. */
  body: string;
  is_common: boolean;
  version: string;
}

/** The question that only this VIN asks. */
export function questionOf(vin: string, modelYear: number | undefined): string {
  return `decode:${vin}:${modelYear ?? ''}`;
}

/**
 * The question that all regular VINs of the descriptor ask; null for a VIN that is not regular, whose decode is never
 * another's. It looks like no VIN's own: a descriptor has a `*` and less than 17 characters.
 */
export function sharedQuestionOf(vin: string, modelYear: number | undefined): string | null {
  return isRegular(vin) ? questionOf(descriptor(vin), modelYear) : null;
}

/** The entry for all regular VINs of the descriptor, or null when the answer is this VIN's alone. */
export function sharedEntryOf(row: DecodeRow, vin: string): Entry | null {
  if (!row.is_common || !isRegular(vin)) return null;
  const frame = frameOf(row.own, vin);
  return frame && { ...entryOf(row.body, row.version), frame };
}

/** The entry for this VIN alone. */
export function exactEntryOf(row: DecodeRow): Entry {
  return entryOf(row.own + row.body, row.version);
}

/** An entry as the answer for a VIN that asked its question. */
export function servedOf(entry: Entry, vin: string, cache: Served['cache']): Served {
  const { frame, body, digest, version } = entry;
  if (frame === undefined) return { head: '', body, etag: `"${digest}"`, version, cache };
  return { head: fillFrame(frame, vin), body, etag: `"${digest}-${vin}"`, version, cache };
}
