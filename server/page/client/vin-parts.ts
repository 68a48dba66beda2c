/** The parts of a VIN (49 CFR 565.13 and 565.15), in the words and colours of the page. */

/** A part: which positions, what it is called. */
export interface Part {
  key: 'maker' | 'model' | 'check' | 'year' | 'plant' | 'serial';
  name: string;
  /** For a column as narrow as one character. */
  short: string;
  from: number;
  to: number;
}

export const PARTS: readonly Part[] = [
  { key: 'maker', name: 'manufacturer', short: 'Maker', from: 1, to: 3 },
  { key: 'model', name: 'vehicle description', short: 'Description', from: 4, to: 8 },
  { key: 'check', name: 'check digit', short: 'Check', from: 9, to: 9 },
  { key: 'year', name: 'model year', short: 'Year', from: 10, to: 10 },
  { key: 'plant', name: 'plant', short: 'Plant', from: 11, to: 11 },
  { key: 'serial', name: 'serial number', short: 'Serial number', from: 12, to: 17 },
];

/** The positions of a part. */
export function positionsOf({ from, to }: Part): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** Positions as people write them: "4 to 8", "1, 2 and 9". */
export function spans(positions: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const position of positions) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === position - 1) run[1] = position;
    else runs.push([position, position]);
  }
  const texts = runs.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`));
  return texts.length > 1 ? `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}` : (texts[0] ?? '');
}
