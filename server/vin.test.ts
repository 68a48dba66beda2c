import test from 'ava';
import fc from 'fast-check';
import {
  checkDigit,
  descriptor,
  isCheckDigitValid,
  isRegular,
  modelYearCandidates,
  normalize,
  problems,
  VIN_LENGTH,
  wmi,
} from './vin.ts';

const LEGAL = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
const legalVin = fc.string({ unit: fc.constantFrom(...LEGAL), minLength: VIN_LENGTH, maxLength: VIN_LENGTH });
const anyText = fc.string({ unit: 'binary' });

for (const [text, expected, reason] of [
  ['1hgcm82633a004352', '1HGCM82633A004352', 'upper case'],
  ['  1HG  ', '1HG', 'blanks at both ends go'],
  ['1 HG', '1 HG', 'blanks inside stay'],
  ['\t1HG\n', '\t1HG\n', 'only U+0020 is a blank'],
  ['ß', 'ß', 'a capital of two characters would shift positions'],
  ['é', 'É', 'letters beyond ASCII too'],
  ['', '', 'nothing is nothing'],
  ['   ', '', 'blanks alone are nothing'],
] as const) {
  test(`normalize ${JSON.stringify(text)}: ${reason}`, (t) => {
    t.is(normalize(text), expected);
  });
}

for (const [vin, expected, reason] of [
  ['1HGCM82633A004352', '3', 'a Honda Accord'],
  ['11111111111111111', '1', 'the sum of the weights is 89'],
  ['1M8GDM9AXKP042788', 'X', 'a remainder of 10 is X'],
  ['1M8GDM9A_KP042788', 'X', 'position 9 itself is not looked at'],
  ['1HGCM82633A00435', null, '16 characters'],
  ['1HGCM82633A0043521', null, '18 characters'],
  ['1HGCM82633A00435O', null, 'O has no value'],
  ['1HGCM82633A0043*2', null, 'an unknown character has no value'],
] as const) {
  test(`checkDigit ${vin}: ${reason}`, (t) => {
    t.is(checkDigit(vin), expected);
    t.is(isCheckDigitValid(vin), expected !== null && vin[8] === expected);
  });
}

for (const [vin, expected, reason] of [
  ['1HGCM82633A004352', '1HG', 'three characters'],
  ['1F9AB12C3DE456789', '1F9456', 'small maker: positions 12-14 too'],
  ['1F9AB12C3DE456', '1F9456', 'position 14 is there'],
  ['1F9AB12C3DE45', '1F9', 'position 14 is not there'],
  ['1H', '1H', 'what there is'],
  ['', '', 'nothing'],
] as const) {
  test(`wmi ${JSON.stringify(vin)}: ${reason}`, (t) => {
    t.is(wmi(vin), expected);
  });
}

for (const [vin, expected, reason] of [
  ['1HGCM82633A004352', '1HGCM826*3A', 'position 9 is masked'],
  ['1F9AB12C3DE456789', '1F9AB12C*DE456', 'small maker: to position 14'],
  ['1HG', '1HG********', 'padded'],
  ['', '***********', 'nothing'],
] as const) {
  test(`descriptor ${JSON.stringify(vin)}: ${reason}`, (t) => {
    t.is(descriptor(vin), expected);
  });
}

for (const [vin, expected, reason] of [
  ['1HGCM82633A004352', true, 'a Honda Accord'],
  ['1M8GDM9AXKP042788', true, 'X as check digit'],
  ['1C9BWNV87ASCCC041', true, 'letters in the identifier of a small maker'],
  ['1HGCM82643A004352', false, 'a wrong check digit'],
  ['1HGCM826A3A004352', false, 'a letter as check digit'],
  ['1HGCM82690A004352', false, '0 is no year, though the check digit is right'],
  ['1HGCM8261UA004352', false, 'neither is U'],
  ['1HGCM82693A0A4352', false, 'a letter in the serial number, though the check digit is right'],
  ['1hgcm82633a004352', false, 'not normalized'],
  ['1HGCM82633A00435', false, 'too short'],
  ['1HGCM82633A004352\n', false, 'a line feed behind'],
] as const) {
  test(`isRegular ${JSON.stringify(vin)}: ${reason}`, (t) => {
    t.is(isRegular(vin), expected);
  });
}

test('problems: none for a VIN, also with a wrong check digit', (t) => {
  t.deepEqual(problems('1HGCM82633A004352'), []);
  t.deepEqual(problems('1HGCM82603A004352'), []);
});

test('problems: the length first, then every character with its position', (t) => {
  const found = problems('1IG_O');
  t.deepEqual(
    found.map(({ position, character }) => [position, character]),
    [
      [null, null],
      [2, 'I'],
      [4, '_'],
      [5, 'O'],
    ],
  );
  t.regex(found[0]?.reason ?? '', /17 characters, this has 5/);
  t.regex(found[1]?.reason ?? '', /^I is never used/);
});

test('problems: positions count characters, not UTF-16 units', (t) => {
  t.deepEqual(
    problems('🚗HGCM82633A00435Q').map(({ position }) => position),
    [1, 17],
  );
});

for (const [vin, isLight, year, candidates, isConclusive, reason] of [
  ['1HGCM82633A004352', true, 2026, [2003], true, 'a light vehicle with a digit in position 7'],
  ['1HGCM8A633A004352', true, 2026, [2003], true, 'a letter would mean 2033, which is too far ahead'],
  ['1HGCM8A63BA004352', true, 2026, [2011], true, 'a light vehicle with a letter in position 7'],
  ['1HGCM8*63BA004352', true, 2026, [2011, 1981], false, 'position 7 says nothing'],
  ['1HGCM8263BA004352', false, 2026, [2011, 1981], false, 'other vehicles have no rule for position 7'],
  ['1HGCM8263BA004352', undefined, 2026, [2011, 1981], false, 'unknown keeps both'],
  ['1HGCM8A63WA004352', false, 2026, [2028, 1998], false, 'two years ahead is possible'],
  ['1HGCM8A63XA004352', false, 2026, [1999], true, 'three years ahead is not'],
  ['1HGCM8A63XA004352', false, 2027, [2029, 1999], false, 'the calendar decides'],
  ['1HGCM826', true, 2026, [], true, 'no position 10'],
] as const) {
  test(`modelYearCandidates ${vin} light=${isLight} in ${year}: ${reason}`, (t) => {
    t.deepEqual(modelYearCandidates(vin, isLight, year), { candidates: [...candidates], isConclusive });
  });
}

for (const character of 'IOQUZ0*é') {
  test(`modelYearCandidates: ${character} in position 10 is no year`, (t) => {
    t.deepEqual(modelYearCandidates(`1HGCM8A63${character}A004352`, true, 2026).candidates, []);
  });
}

test('property: normalize keeps the number of characters of what is trimmed, and is idempotent', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normalize(text);
        return (
          Array.from(once).length === Array.from(text.replace(/^ +| +$/g, '')).length &&
          normalize(once) === once
        );
      }),
    ),
  );
});

test('property: a VIN of legal characters has no problem and a check digit, which makes it valid', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(legalVin, (vin) => {
        const digit = checkDigit(vin);
        return (
          problems(vin).length === 0 &&
          digit !== null &&
          isCheckDigitValid(vin.slice(0, 8) + digit + vin.slice(9))
        );
      }),
    ),
  );
});

test('property: changing one character to one of another value is noticed by the check digit', (t) => {
  const value = (character: string): string | null => checkDigit(`${'0'.repeat(16)}${character}`);
  t.notThrows(() =>
    fc.assert(
      fc.property(legalVin, fc.nat(16), fc.constantFrom(...LEGAL), (vin, index, character) => {
        fc.pre(index !== 8 && value(vin[index] ?? '') !== value(character));
        const digit = checkDigit(vin);
        return checkDigit(vin.slice(0, index) + character + vin.slice(index + 1)) !== digit;
      }),
    ),
  );
});

test('property: nothing throws on any text, and a text with a problem has no valid check digit', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(anyText, (text) => {
        const vin = normalize(text);
        return (
          problems(vin).length > 0 &&
          !isCheckDigitValid(vin) &&
          descriptor(vin).length >= 11 &&
          vin.startsWith(wmi(vin).slice(0, 3)) &&
          modelYearCandidates(vin, undefined, 2026).candidates.length <= 2
        );
      }),
    ),
  );
});
