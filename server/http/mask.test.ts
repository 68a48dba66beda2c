import test from 'ava';
import { maskUrl, maskVins } from './mask.ts';

for (const [url, expected, reason] of [
  ['/api/vehicles/decode/1HGCM82633A004352', '/api/vehicles/decode/1HGCM82633A******', 'the serial goes'],
  [
    '/api/vehicles/decode/1hgcm82633a004352?modelYear=2003',
    '/api/vehicles/decode/1hgcm82633a******?modelYear=2003',
    'the query stays',
  ],
  [
    '/api/vehicles/decode/1HGCM82633A00435O',
    '/api/vehicles/decode/1HGCM82633A******',
    'a mistyped VIN is nearly one',
  ],
  ['/api/vehicles/decode/1HGCM82633A%3004352', '/api/vehicles/decode/1HGCM82633A******', 'percent-encoded'],
  [
    '/api/vehicles/decode/1HGCM82633A004352/explain',
    '/api/vehicles/decode/1HGCM82633A******/explain',
    'below it',
  ],
  [
    '/vpic/api/vehicles/decodevinvalues/1HGCM82633A00',
    '/vpic/api/vehicles/decodevinvalues/1HGCM82633A******',
    'any case, partial',
  ],
  [
    '/vpic/api/vehicles/DecodeVin/5UXWX7C5*BA',
    '/vpic/api/vehicles/DecodeVin/5UXWX7C5*BA',
    'no serial, nothing to hide',
  ],
  ['/api/vehicles/decode/%zz', '/api/vehicles/decode/%25zz', 'no valid encoding'],
  ['/elsewhere?vin=1HGCM82633A004352&x', '/elsewhere?vin=1HGCM82633A******&x', 'wherever a VIN stands'],
  [
    '/api/vehicles/dropdown/makes?year=2003&access_token=s3cret&password=&Make=Ford',
    '/api/vehicles/dropdown/makes?year=2003&access_token=******&password=******&Make=Ford',
    'what other parameters say',
  ],
  ['/?make=jane%40mail.example', '/?make=******', 'an e-mail address where a make should be'],
  ['/users/jane.doe@mail.example/reset', '/users/******/reset', 'and in a path'],
  ['/x/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', '/x/******', 'a token'],
  ['/x/ghp_0123456789abcdefghij0123456789abcdef/y', '/x/******/y', 'a key'],
  [
    '/api/vehicles/0f8fad5b-d9cb-469f-a165-70867728950e',
    '/api/vehicles/0f8fad5b-d9cb-469f-a165-70867728950e',
    'an id',
  ],
  [
    '/vpic/api/vehicles/GetMakesForManufacturerAndYear/honda?year=2003',
    '/vpic/api/vehicles/GetMakesForManufacturerAndYear/honda?year=2003',
    'a long word',
  ],
  [
    '/api/vehicles/dropdown/models/honda?year=2003',
    '/api/vehicles/dropdown/models/honda?year=2003',
    'no VIN',
  ],
] as const) {
  test(`${url}: ${reason}`, (t) => {
    t.is(maskUrl(url), expected);
  });
}

test('a VIN in a message is masked, a UUID and a longer token are not taken for one', (t) => {
  t.is(maskVins('invalid "1HGCM82633A004352"'), 'invalid "1HGCM82633A******"');
  const others = '0f8fad5b-d9cb-469f-a165-70867728950e ABCDEFGH1234567890ABCDEFGH';
  t.is(maskVins(others), others);
});

test('a long address is cut', (t) => {
  t.is(maskUrl(`/${'x'.repeat(10_000)}`).length, 500);
});
