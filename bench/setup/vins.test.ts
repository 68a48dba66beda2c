import test from 'ava';
import { descriptor, isCheckDigitValid, problems } from '../../server/vin.ts';
import type { Catalog } from '../calibration/catalog.ts';
import { createRandom } from '../calibration/random.ts';
import { sibling, VinLists } from './vins.ts';

/** Two makes, a car maker and a small maker of trailers, with patterns that leave room for thousands of kinds. */
function catalog(): Catalog {
  const open = Array.from({ length: 11 }, () => null);
  const car = {
    wmi: '1AB',
    isLight: true,
    vehicleType: 'PASSENGER CAR',
    yearFrom: 1995,
    yearTo: 2020,
    schemaIds: [1],
    validCharacters: open,
  };
  const trailer = { ...car, wmi: '1B9123', isLight: false, vehicleType: 'TRAILER', schemaIds: [2] };
  return {
    dataVersion: 'test',
    source: 'test',
    year: 2026,
    makes: [[[{ schemaId: 1, keys: 'C[A-H]*' }]], [[{ schemaId: 2, keys: 'T*[1-9]' }]]],
    segmentsOfSchema: new Map([
      [1, [car]],
      [2, [trailer]],
    ]),
    keysOfSchema: new Map([
      [1, ['C[A-H]*', '***[1-9A-Z]']],
      [2, ['T*[1-9]']],
    ]),
  };
}

function lists(seed = 1, section = 'x'): VinLists {
  return new VinLists({ all: catalog(), light: catalog() }, seed, section);
}

test('new VINs are VINs with the right check digit, no two of one kind, over all calls', (t) => {
  const source = lists();
  const vins = [...source.new(500), ...source.new(500, 'light')];
  t.is(vins.length, 1_000);
  for (const vin of vins) {
    t.deepEqual(problems(vin), [], vin);
    t.true(isCheckDigitValid(vin), vin);
  }
  t.is(new Set(vins.map(descriptor)).size, 1_000);
});

test('the seed and the section decide the VINs', (t) => {
  t.deepEqual(lists().new(50), lists().new(50));
  t.notDeepEqual(lists().new(50), lists(2).new(50));
  t.notDeepEqual(lists().new(50), lists(1, 'y').new(50));
});

test('a fleet has about so many vehicles of each kind, shuffled, no VIN twice, and none of the kinds given before', (t) => {
  const source = lists();
  const before = new Set(source.new(200).map(descriptor));
  const fleet = source.fleet(5_000, 10);
  t.is(fleet.length, 5_000);
  t.is(new Set(fleet).size, 5_000);
  const kinds = Map.groupBy(fleet, descriptor);
  t.true(kinds.size > 450 && kinds.size < 550, String(kinds.size));
  for (const [kind, vehicles] of kinds) {
    t.true(vehicles.length <= 19);
    t.false(before.has(kind));
  }
  for (const vin of fleet) t.true(isCheckDigitValid(vin), vin);
  const neighbours = fleet.filter(
    (vin, at) => at > 0 && descriptor(vin) === descriptor(fleet[at - 1] ?? ''),
  ).length;
  t.true(neighbours < 100, String(neighbours));
});

test('a sibling is another vehicle of the same kind, and its serial number is in digits', (t) => {
  const random = createRandom(3, 'test');
  for (const vin of ['1HGCM82633A004352', '1B9CT1234K1123456']) {
    const other = sibling(vin, random);
    t.is(descriptor(other), descriptor(vin));
    t.true(isCheckDigitValid(other));
    t.regex(other.slice(-3), /^\d{3}$/);
  }
  const source = lists();
  const vins = source.new(300);
  const siblings = source.siblings(vins);
  t.deepEqual(siblings.map(descriptor), vins.map(descriptor));
  t.true(siblings.every((vin, at) => vin !== vins[at]));
});

test('asking for more kinds than there are is refused', (t) => {
  const only = { ...catalog(), makes: [[[{ schemaId: 2, keys: 'TTT11|11' }]]], keysOfSchema: new Map() };
  const source = new VinLists({ all: only, light: only }, 1, 'x');
  t.throws(() => source.new(1_000), { message: /the data has no 1000 different kinds of VIN/ });
});
