import test from 'ava';
import { type RawTable, targetOf } from './load.ts';

const catalogue = new Map<string, RawTable>([
  [
    'make',
    {
      table_name: 'make',
      columns: ['id', 'name', 'createdon'],
      is_required: true,
      required_columns: ['id', 'name'],
    },
  ],
  ['note', { table_name: 'note', columns: ['text'], is_required: false, required_columns: [] }],
]);

test('a table of the catalogue takes the columns that both have, in our order', (t) => {
  t.deepEqual(targetOf({ name: 'make', columns: ['name', 'extra', 'id'] }, catalogue), {
    table: 'make',
    columns: ['id', 'name'],
    projection: [{ column: 'id' }, { column: 'name' }],
    skippedColumns: ['extra'],
  });
});

test('a missing required column refuses the source by name', (t) => {
  t.throws(() => targetOf({ name: 'make', columns: ['createdon'] }, catalogue), {
    name: 'RebuildError',
    message: 'table make of the source has no column id, name',
  });
});

test('any other table with id and name is a lookup, its name a value and no identifier', (t) => {
  t.deepEqual(targetOf({ name: 'x"; drop table y', columns: ['sort', 'name', 'id'] }, catalogue), {
    table: 'lookup',
    columns: ['lookup_table', 'id', 'name'],
    projection: [{ constant: 'x"; drop table y' }, { column: 'id' }, { column: 'name' }],
    skippedColumns: ['sort'],
  });
});

test('the rest has no place', (t) => {
  t.is(targetOf({ name: 'vindescriptor', columns: ['id', 'descriptor'] }, catalogue), null);
  t.is(targetOf({ name: 'note', columns: ['id', 'name'] }, catalogue), null);
});
