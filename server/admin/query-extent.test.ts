import test from 'ava';
import { parse } from 'graphql';
import { extentOf } from './query-extent.ts';

for (const [query, levels, selected, why] of [
  ['{ a }', 1, 1, 'a field'],
  ['{ a { b c } d }', 2, 4, 'fields within fields'],
  ['{ ... on Query { a { ... { b } } } }', 2, 2, 'fragments in line are no levels'],
  ['{ ...f ...f } fragment f on Query { a { b } }', 2, 4, 'a fragment counts wherever it is spread'],
  ['{ ...f } fragment f on Query { a { ...f } }', 1, 1, 'one that contains itself ends'],
  ['{ ...nobody }', 0, 0, 'one that is not there'],
  ['{ __schema { types { name } } a }', 1, 4, 'introspection has no levels'],
  ['query a { a } query b { b { c } }', 2, 2, 'the largest of several'],
  ['fragment f on Query { a }', 0, 0, 'nothing is asked'],
] as const) {
  test(why, (t) => {
    t.like(extentOf(parse(query)), { levels, selected });
  });
}

test('how often the schema is asked for', (t) => {
  const { introspections } = extentOf(
    parse(
      '{ a: __schema { types { name } } ...f __type(name: "x") { name } __typename } fragment f on Query { __schema { types { name } } }',
    ),
  );
  t.is(introspections, 3);
});

test('fragments that double each other are counted, not followed', (t) => {
  const fragments = Array.from(
    { length: 400 },
    (_, at) => `fragment f${at} on Query { ...f${at + 1} ...f${at + 1} }`,
  );
  const { selected } = extentOf(parse(`{ ...f0 } ${fragments.join(' ')} fragment f400 on Query { a }`));
  t.true(selected > 1e100);
});
