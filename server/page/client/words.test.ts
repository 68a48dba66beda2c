/** What the page's modules make of texts and figures; they run here as they run in a browser. */

import test from 'ava';
import { csvOf } from './csv.ts';
import { looksLikeList } from './handover.ts';
import { linesOf, type Row } from './lines.ts';
import { spans } from './vin-parts.ts';
import { age, duration, levelOf, nameCase, percent, shown, sureness } from './words.ts';

for (const [probability, text, words, level] of [
  [1, '99.9 %', 'all but certain', 'high'],
  [0.9994, '99.9 %', 'all but certain', 'high'],
  [0.9949, '99.4 %', 'all but certain', 'high'],
  [0.9899, '99 %', 'very likely', 'high'],
  [0.95, '95 %', 'very likely', 'high'],
  [0.9499, '95 %', 'likely', 'middle'],
  [0.525, '53 %', 'uncertain', 'low'],
  [0.05, '5 %', 'doubtful', 'low'],
  [0.004, '0.4 %', 'doubtful', 'low'],
  [0.0002, 'under 0.1 %', 'doubtful', 'low'],
  [0, '0 %', 'doubtful', 'low'],
] as const) {
  test(`a probability of ${probability} is ${text}, ${words}`, (t) => {
    t.deepEqual([percent(probability), sureness(probability), levelOf(probability)], [text, words, level]);
  });
}

test('names in capitals become names; initials stay', (t) => {
  for (const [given, expected] of [
    ['HONDA', 'Honda'],
    ['BMW', 'BMW'],
    ['MERCEDES-BENZ', 'Mercedes-Benz'],
    ['AMERICAN HONDA MOTOR CO., INC.', 'American Honda Motor Co., Inc.'],
    ['UNITED STATES (USA)', 'United States (USA)'],
    ['BANK OF THE WEST', 'Bank of the West'],
    ["O'FALLON", "O'fallon"],
    ['STRAßE', 'STRAßE'],
    ['Accord', 'Accord'],
  ] as const) {
    t.is(nameCase(given), expected);
  }
});

test('figures lose the decimals that nobody reads', (t) => {
  t.deepEqual(['213.5831043315', '3500.0', '3.5', '1/2', ''].map(shown), [
    '213.58',
    '3500',
    '3.5',
    '1/2',
    '',
  ]);
});

test('seconds, in words', (t) => {
  t.deepEqual([0.56, 9.99, 59.4, 91, 187, 7260].map(duration), [
    '0.6 s',
    '10.0 s',
    '59 s',
    '1 min 31 s',
    '3 min 7 s',
    '2 h 1 min',
  ]);
  t.deepEqual([10, 60, 7199, 86_400, 1_000_000].map(age), [
    'less than a minute',
    '1 minute',
    '1 hour',
    '1 day',
    '11 days',
  ]);
});

test('positions are told in spans', (t) => {
  t.deepEqual([[], [11], [4, 5, 6, 7, 8], [1, 2, 9], [1, 3, 5]].map(spans), [
    '',
    '11',
    '4 to 8',
    '1 to 2 and 9',
    '1, 3 and 5',
  ]);
});

test('a list is more than one line; its heading is no VIN', (t) => {
  t.false(looksLikeList(' 1HGCM82633A004352\n'));
  t.true(looksLikeList('1HGCM82633A004352\r\n1HGCM82633A004352'));
  t.deepEqual(linesOf('\ufeffVIN,year\r\n a \n\n b,2003 \n'), ['a', 'b,2003']);
  t.deepEqual(linesOf('vinyl\n'), ['vinyl']);
});

test('CSV: quotes, line ends, and no formulas', (t) => {
  const row: Row = {
    vin: '=1+1',
    valid: false,
    make: 'A "B", C',
    model: null,
    year: 2003,
    trim: '-X',
    series: null,
    bodyType: null,
    engineType: null,
    transmission: null,
    fuelType: null,
    driveType: null,
    manufacturer: null,
    vehicleType: null,
    plantCountry: null,
    confidence: 0.5,
    checkDigit: { valid: false, expected: null, actual: null },
    errors: [
      { code: 0, text: 'clean' },
      { code: 1, text: '1 - wrong' },
      { code: 6, text: '6 - short' },
    ],
    suggestedVin: null,
    dataVersion: 'a',
  };
  const [, first, second, rest] = csvOf([row, { line: 2, detail: 'is, not' }], ['=1+1', 'x']).split('\r\n');
  t.is(first, '\'=1+1,false,2003,"A ""B"", C",,\'-X,,,,,,,,,,0.5,,1 - wrong; 6 - short');
  t.is(second, `x,false${','.repeat(15)},"is, not"`);
  t.is(rest, '');
});
