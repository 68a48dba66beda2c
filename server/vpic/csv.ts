import { stringify } from 'csv-stringify/sync';
import { columnsOf, type Envelope, type Layout, rowsOf, type Value } from './envelope.ts';

/**
 * The results alone, without their envelope: names in lower case, CRLF, quotes where RFC 4180 wants them and around
 * texts that begin or end with a space, as the public API writes them.
 */
export function renderCsv(envelope: Envelope, layout: Layout): string {
  const rows = rowsOf(envelope);
  const columns = columnsOf(rows, layout);
  const lines = rows.map((row) => columns.map((name) => cellOf(row[name] ?? null)));
  return stringify([columns.map((name) => name.toLowerCase()), ...lines], {
    record_delimiter: '\r\n',
    quoted_match: /^\s|\s$/,
  });
}

/** A list within a result has no place in a table: its names stand in one cell. */
function cellOf(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'object') return value.map((row) => cellOf(row.Name ?? null)).join('; ');
  return String(value);
}
