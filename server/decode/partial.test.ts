import test from 'ava';
import { Problem, unavailable } from '../problem.ts';
import { orPartial, partialDecodeOf } from './partial.ts';

for (const [vin, expected, reason] of [
  [
    '1HGCM82633A004352',
    {
      valid: true,
      checkDigit: { valid: true, expected: '3', actual: '3' },
      wmi: '1HG',
      descriptor: '1HGCM826*3A',
      modelYears: [2003],
      modelYearIfLight: 2003,
    },
    'digit 3 is 2003: 2033 is too far ahead',
  ],
  [
    '1AAB1BC21LF000001',
    { valid: true, modelYears: [2020, 1990], modelYearIfLight: 2020 },
    'position 7 is a letter: from 2010 on, if it is light',
  ],
  [
    '1AAB1B221LF000001',
    { valid: false, checkDigit: { valid: false, expected: 'X', actual: '1' }, modelYearIfLight: 1990 },
    'position 7 is a digit: before 2010, if it is light; and the check digit is wrong',
  ],
  ['1AAB1BC2X0F000001', { modelYears: [], modelYearIfLight: null }, 'no year has the character 0'],
  ['1A9B1BC2XLF123001', { wmi: '1A9123' }, 'a maker of few vehicles'],
] as const) {
  test(`${vin}: ${reason}`, (t) => {
    t.like(partialDecodeOf(vin, 2026), { vin, ...expected });
  });
}

test('only a problem of the data being away gets the part, and keeps what it has', async (t) => {
  const vin = '1HGCM82633A004352';
  t.is(await orPartial(vin, Promise.resolve(1)), 1);
  const away = await t.throwsAsync(orPartial(vin, Promise.reject(unavailable('away', 5))), {
    instanceOf: Problem,
  });
  t.like(away?.toDocument(), {
    status: 503,
    error: 'unavailable',
    detail: 'away',
    partial: partialDecodeOf(vin),
  });
  t.is(away?.headers['Retry-After'], '5');
  const other = new Error('a fault');
  t.is(await t.throwsAsync(orPartial(vin, Promise.reject(other))), other);
});
