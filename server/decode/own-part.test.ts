import test from 'ava';
import { fillFrame, frameOf } from './own-part.ts';

const OWN = '{"vin":"1HGCM82633A004352","checkDigit":{"valid": true, "actual": "3", "expected": "3"},';

test('another VIN’s part differs in the VIN and in both check digits', (t) => {
  const frame = frameOf(OWN, '1HGCM82633A004352') ?? [];
  t.is(fillFrame(frame, '1HGCM82633A004352'), OWN);
  t.is(
    fillFrame(frame, '1HGCM826X3A004350'),
    '{"vin":"1HGCM826X3A004350","checkDigit":{"valid": true, "actual": "X", "expected": "X"},',
  );
});

test('however it is laid out', (t) => {
  const own = '{ "checkDigit" : {"expected":"5","valid":true,"actual":"5"}, "vin" : "1HGCM82653A004353" ,';
  const frame = frameOf(own, '1HGCM82653A004353');
  t.is(frame, null, 'except that the VIN comes first, as the function says');
  const dense = '{"vin":"1HGCM82653A004353","checkDigit":{"expected":"5","valid":true,"actual":"5"},';
  t.is(
    fillFrame(frameOf(dense, '1HGCM82653A004353') ?? [], '1HGCM82633A004352'),
    '{"vin":"1HGCM82633A004352","checkDigit":{"expected":"3","valid":true,"actual":"3"},',
  );
});

for (const [own, reason] of [
  ['{"vin":"","checkDigit":{},', 'no VIN in it'],
  [OWN.replace('true', '"1HGCM82633A004352"'), 'the VIN twice'],
  [OWN.replace('"expected": "3"', '"expected": null'), 'one check digit'],
  [OWN.replace('true', '"3"'), 'three check digits'],
] as const) {
  test(`not made for other VINs: ${reason}`, (t) => {
    t.is(frameOf(own, '1HGCM82633A004352'), null);
  });
}
