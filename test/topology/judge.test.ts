import test from 'ava';
import { Judge } from './judge.ts';

const object = (fields: object): string => JSON.stringify(fields);

test('an answer is right when it says what was learnt for the version that it names', (t) => {
  const judge = new Judge();
  judge.learn('q', 'v1', object({ model: 'A' }));
  judge.learn('q', 'v2', object({ model: 'B' }));
  judge.see('q', 'v1', object({ model: 'A' }));
  judge.see('q', 'v2', object({ model: 'B' }));
  judge.see('q', 'v2', object({ model: 'A' }));
  const { right, wrong, unknown, examples } = judge.verdict();
  t.deepEqual([right, wrong, unknown], [2, 1, 0]);
  t.regex(examples[0] ?? '', /^q of v2: /);
});

test('what comes again is counted again, right or wrong, and each verdict counts anew', (t) => {
  const judge = new Judge();
  judge.learn('q', 'v', object({ model: 'A' }));
  for (const model of ['A', 'A', 'B', 'B', 'B']) judge.see('q', 'v', object({ model }));
  t.like(judge.verdict(), { right: 2, wrong: 3 });
  judge.see('q', 'v', object({ model: 'A' }));
  judge.see('q', 'v', object({ model: 'B' }));
  t.like(judge.verdict(), { right: 1, wrong: 1 });
  t.like(judge.verdict(), { right: 0, wrong: 0 });
});

test('an answer of a version that is not known yet waits until it is', (t) => {
  const judge = new Judge();
  judge.see('q', 'v', object({ model: 'A' }));
  judge.see('q', 'v', object({ model: 'A' }));
  judge.see('q', 'v', object({ model: 'B' }));
  t.like(judge.verdict(), { right: 0, wrong: 0, unknown: 3 });
  judge.learn('q', 'v', object({ model: 'A' }));
  t.like(judge.verdict(), { right: 2, wrong: 1, unknown: 0 });
});

test('what is wrong in itself is wrong before anything is learnt', (t) => {
  const judge = new Judge((version, text) => (text.includes(version) ? null : 'of another version'));
  judge.see('q', 'v', object({ model: 'A' }));
  const { wrong, unknown, examples } = judge.verdict();
  t.deepEqual([wrong, unknown, examples], [1, 0, ['q of v: of another version']]);
});

test('members and rawData may come in another order, lists may not', (t) => {
  const judge = new Judge();
  judge.learn('decode', 'v', object({ a: 1, rawData: [{ id: 1 }, { id: 2 }] }));
  judge.learn('list', 'v', JSON.stringify([{ id: 1 }, { id: 2 }]));
  judge.see('decode', 'v', object({ rawData: [{ id: 2 }, { id: 1 }], a: 1 }));
  judge.see('list', 'v', JSON.stringify([{ id: 2 }, { id: 1 }]));
  t.like(judge.verdict(), { right: 1, wrong: 1 });
});
