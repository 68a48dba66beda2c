import test from 'ava';
import { partsOf } from './questions.ts';

const decoded = (vin: string, dataVersion: string): object => ({ vin, dataVersion, make: 'HONDA' });
const list = { kind: 'list', path: '/api/vehicles/decode', vins: ['A', 'B'] } as const;

test('the parts of a list are what its VINs would have been answered with alone', (t) => {
  const text = JSON.stringify({ results: [decoded('A', 'v'), decoded('B', 'v')] });
  t.deepEqual(partsOf(list, 'v', text), [
    { question: '/api/vehicles/decode/A', version: 'v', text: JSON.stringify(decoded('A', 'v')) },
    { question: '/api/vehicles/decode/B', version: 'v', text: JSON.stringify(decoded('B', 'v')) },
  ]);
});

test('a list of two versions, in another order or of another length is no answer', (t) => {
  const refused = (results: object[]): void => {
    t.throws(() => partsOf(list, 'v', JSON.stringify({ results })));
  };
  refused([decoded('A', 'v'), decoded('B', 'w')]);
  refused([decoded('B', 'v'), decoded('A', 'v')]);
  refused([decoded('A', 'v')]);
});

test('a decode is of the version that its header names, and of the VIN that was asked for', (t) => {
  const question = { kind: 'decode', path: '/api/vehicles/decode/A' } as const;
  t.is(partsOf(question, 'v', JSON.stringify(decoded('A', 'v'))).length, 1);
  t.throws(() => partsOf(question, 'w', JSON.stringify(decoded('A', 'v'))));
  t.throws(() => partsOf(question, 'v', JSON.stringify(decoded('B', 'v'))));
});

test('the lines of a stream may be of two versions, and each is judged by its own', (t) => {
  const text = `${JSON.stringify(decoded('A', 'v'))}\n${JSON.stringify(decoded('B', 'w'))}\n`;
  const parts = partsOf({ ...list, kind: 'stream' }, null, text);
  t.deepEqual(
    parts.map(({ version }) => version),
    ['v', 'w'],
  );
});

test('a dropdown is of the version that its header names', (t) => {
  const question = { kind: 'dropdown', path: '/api/vehicles/dropdown/years' } as const;
  t.deepEqual(partsOf(question, 'v', '[2020]'), [{ question: question.path, version: 'v', text: '[2020]' }]);
});
