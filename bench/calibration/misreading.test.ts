import test from 'ava';
import { demandsOf } from './keys.ts';
import {
  lookAlikeShare,
  lookAlikes,
  misreadProbability,
  mistype,
  swapShare,
  type,
  vinCharacters,
} from './misreading.ts';
import { createRandom } from './random.ts';

const vin = '1HGCM82633A004352';

test('probabilities of a misread character add up to one', (t) => {
  for (const meant of vinCharacters) {
    const sum = Array.from(vinCharacters).reduce((all, typed) => all + misreadProbability(meant, typed), 0);
    t.true(Math.abs(sum - 1) < 1e-12, meant);
  }
});

test('look-alikes go either way and are never the character itself', (t) => {
  for (const meant of vinCharacters) {
    for (const typed of lookAlikes(meant)) {
      t.true(lookAlikes(typed).includes(meant), `${meant}${typed}`);
      t.not(typed, meant);
    }
  }
});

test('a mistyped VIN differs in one character or in two swapped neighbours, as often as the model says', (t) => {
  const random = createRandom(7, 'test');
  const rounds = 20_000;
  let swaps = 0;
  let alike = 0;
  for (let round = 0; round < rounds; round++) {
    const typed = mistype(vin, random);
    const at = (typed.position ?? 0) - 1;
    const differing = Array.from(typed.vin).flatMap((character, index) =>
      character === vin[index] ? [] : [index],
    );
    t.is(typed.vin.length, vin.length);
    if (typed.kind === 'swapped') {
      swaps++;
      t.deepEqual(differing, [at, at + 1]);
    } else {
      t.deepEqual(differing, [at]);
      if (lookAlikes(vin.charAt(at)).includes(typed.vin.charAt(at))) alike++;
    }
  }
  t.true(Math.abs(swaps / rounds - swapShare) < 0.01);
  t.true(alike / (rounds - swaps) > lookAlikeShare - 0.15);
});

test('the rate decides how many are wrong, the seed which', (t) => {
  const typeAll = (seed: number): string[] => {
    const random = createRandom(seed, 'test');
    return Array.from({ length: 5_000 }, () => type(vin, 0.2, random).vin);
  };
  const typed = typeAll(1);
  t.true(Math.abs(typed.filter((text) => text !== vin).length / 5_000 - 0.2) < 0.02);
  t.deepEqual(typeAll(1), typed);
  t.notDeepEqual(typeAll(2), typed);
});

test('keys ask for characters at VIN positions', (t) => {
  t.deepEqual(demandsOf('C*[1-3X]**|*A'), [
    { position: 4, characters: 'C' },
    { position: 6, characters: '123X' },
    { position: 11, characters: 'A' },
  ]);
  t.deepEqual(demandsOf('*****'), []);
});
