/** Decoded lists as CSV (RFC 4180), for spreadsheets. */

import { isRefused, type Outcome } from './lines.ts';

const COLUMNS = [
  'vin',
  'valid',
  'year',
  'make',
  'model',
  'trim',
  'series',
  'bodyType',
  'engineType',
  'transmission',
  'fuelType',
  'driveType',
  'vehicleType',
  'manufacturer',
  'plantCountry',
  'confidence',
  'suggestedVin',
] as const;

/** The whole list as CSV; `lines` is what was asked, for the rows that have no answer. */
export function csvOf(outcomes: readonly Outcome[], lines: readonly string[]): string {
  const rows = outcomes.map((outcome, at) =>
    isRefused(outcome)
      ? [lines[at] ?? '', 'false', ...COLUMNS.slice(2).map(() => ''), outcome.detail]
      : [
          ...COLUMNS.map((column) => String(outcome[column] ?? '')),
          outcome.errors
            .filter(({ code }) => code !== 0)
            .map(({ text }) => text)
            .join('; '),
        ],
  );
  return [[...COLUMNS, 'problems'], ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** A spreadsheet takes a field for a formula that begins so; the apostrophe tells it that this is a text. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
