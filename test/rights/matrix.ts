/** The matrix of rights as a text that people read: a line for each object, a column for each role. */

import type { Attempt } from './attempts.ts';

export interface Column {
  readonly title: string;
  readonly letters: ReadonlyMap<string, string>;
}

const NOTHING = '-';

/** pg-boss makes its tables itself and has others in other versions: one line for all that are alike. */
const FOREIGN = /^pgboss\./;

/** Lines of the matrix, the first with the titles. */
export function linesOf(attempts: readonly Attempt[], columns: readonly Column[]): string[] {
  const objects = [...new Set(attempts.map(({ object }) => object))].sort();
  const rows = new Map<string, string[]>();
  for (const object of objects) {
    const name = FOREIGN.test(object) ? 'pgboss.*' : object;
    const cells = columns.map(({ letters }) => inOrder(letters.get(object)));
    const before = rows.get(name);
    // Alike, or each by itself.
    if (before === undefined || before.join() === cells.join()) rows.set(name, cells);
    else rows.set(object, cells);
  }
  const table = [
    ['', ...columns.map(({ title }) => title)],
    ...[...rows].map(([name, cells]) => [name, ...cells]),
  ];
  const widths = columns.map((_, at) => Math.max(...table.map((row) => row[at + 1]?.length ?? 0)));
  // Rights first: names of routines are long.
  return table.map(([name = '', ...cells]) =>
    [...cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)), name].join('  ').trimEnd(),
  );
}

function inOrder(letters: string | undefined): string {
  if (letters === undefined || letters === '') return NOTHING;
  const order = 'CSIUDTX';
  return [...letters]
    .sort((a, b) => order.indexOf(a.toUpperCase()) - order.indexOf(b.toUpperCase()))
    .join('');
}

/** A file's lines without remarks. */
export function expected(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
