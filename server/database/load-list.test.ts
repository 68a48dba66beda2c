import test from 'ava';
import { makeProject } from '../../test/harness/project.ts';
import { Failure } from '../failure.ts';
import { readLoadList } from './load-list.ts';

test('files in order, lists within lists, paths relative to their list', (t) => {
  const project = makeProject({
    'functions/load.sql':
      "-- all\n\n\\ir vin/load.sql\r\n\\ir 'api/a b.sql'\n  \\ir ../sql/view.sql -- a view\n",
    'functions/vin/load.sql': '\\ir wmi.sql\n',
    'functions/vin/wmi.sql': '-- why\nselect 1;\r\n',
    'functions/api/a b.sql': 'select 2;',
    'sql/view.sql': 'select 3;',
  });
  t.teardown(project.remove);
  t.deepEqual(readLoadList(project.root, 'functions/load.sql'), [
    { path: 'functions/vin/wmi.sql', sql: '-- why\nselect 1;\n' },
    { path: 'functions/api/a b.sql', sql: 'select 2;' },
    { path: 'sql/view.sql', sql: 'select 3;' },
  ]);
});

test('a list of remarks only is empty', (t) => {
  const project = makeProject({ 'load.sql': '-- nothing yet\n' });
  t.teardown(project.remove);
  t.deepEqual(readLoadList(project.root, 'load.sql'), []);
});

const refused: [reason: string, files: Record<string, string>, message: RegExp][] = [
  ['a missing list', {}, /^the migrator: load\.sql does not exist/],
  ['a missing file', { 'load.sql': '\n\\ir gone.sql\n' }, /^load\.sql:2: gone\.sql does not exist/],
  [
    'SQL in a list',
    { 'load.sql': '\\ir a.sql\nselect 1;\n', 'a.sql': '' },
    /^load\.sql:2: .* not: select 1;/,
  ],
  ['another psql command', { 'load.sql': '\\i a.sql\n' }, /^load\.sql:1: .* not: \\i a\.sql/],
  [
    'a file twice',
    { 'load.sql': '\\ir a.sql\n\\ir a.sql\n', 'a.sql': 'select 1' },
    /^load\.sql:2: a\.sql is listed twice/,
  ],
  [
    'a circle',
    { 'load.sql': '\\ir b.sql\n', 'b.sql': '\\ir load.sql\n' },
    /^b\.sql:1: load\.sql is listed twice/,
  ],
  ['a test', { 'load.sql': '\\ir a.test.sql\n', 'a.test.sql': '' }, /^load\.sql:1: a\.test\.sql is a test/],
  ['a path out of the project', { 'load.sql': '\\ir ../x.sql\n' }, /^load\.sql:1: \.\.\/x\.sql is outside/],
];

for (const [reason, files, message] of refused) {
  test(`refused: ${reason}`, (t) => {
    const project = makeProject(files);
    t.teardown(project.remove);
    t.throws(() => readLoadList(project.root, 'load.sql'), { instanceOf: Failure, message });
  });
}
