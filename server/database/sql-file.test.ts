import test from 'ava';
import { lineOf } from './sql-file.ts';

const lines: [position: string | undefined, line: number | null][] = [
  ['1', 1],
  ['6', 1],
  ['7', 2],
  ['9', 3],
  ['999', 3],
  [undefined, null],
  ['x', null],
];

for (const [position, line] of lines) {
  test(`character ${position} of a text is in line ${line}`, (t) => {
    // One character outside the basic plane: two units for JavaScript, one for PostgreSQL.
    t.is(lineOf('--🚗 a\n1\nx', position), line);
  });
}
