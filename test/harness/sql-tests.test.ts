import test from 'ava';
import { testServers } from './databases.ts';
import { needOf, runSqlTest } from './sql-tests.ts';
import { Tally } from './tally.ts';

async function run(body: string): Promise<{ passed: number; failed: number; printed: string }> {
  const printed: string[] = [];
  const tally = new Tally((line) => printed.push(line));
  for (const server of testServers()) {
    await runSqlTest({ path: 'x.test.sql', sql: body, needs: 'empty' }, server, tally);
  }
  return { passed: tally.passed, failed: tally.failed, printed: printed.join('\n') };
}

const count = testServers().length;

test('assertions that hold are counted one by one', async (t) => {
  const { passed, failed } = await run(
    "begin;\nselect plan(2);\nselect ok(true, 'a');\nselect is(1, 1);\nselect * from finish();\nrollback;\n",
  );
  t.deepEqual([passed, failed], [2 * count, 0]);
});

const broken: [reason: string, body: string, passed: number, failed: number, printed: RegExp][] = [
  [
    'an assertion that fails',
    "begin; select plan(2); select is(1, 2, 'one'); select ok(true); select * from finish(); rollback;",
    1,
    1,
    /not ok 1 - one[\s\S]*have: 1[\s\S]*want: 2/,
  ],
  [
    'a missing assertion',
    'begin; select plan(2); select ok(true); select * from finish(); rollback;',
    1,
    1,
    /2 tests planned, 1 ran/,
  ],
  [
    'an extra assertion',
    'begin; select plan(1); select ok(true); select ok(true); select * from finish(); rollback;',
    2,
    1,
    /1 tests planned, 2 ran/,
  ],
  [
    'an error in the middle',
    'begin; select plan(2); select ok(true);\nselect 1/0; select ok(true); rollback;',
    1,
    2,
    /division by zero \(22012\)[\s\S]*2 tests planned, 1 ran/,
  ],
  ['a syntax error', 'begin; select plan(1);\nselekt ok(true); rollback;', 0, 2, /line 2: syntax error/],
  ['no plan', 'begin; select ok(true); rollback;', 0, 1, /has no plan\(n\)/],
  ['a transaction left open', 'begin; select plan(1); select ok(true);', 0, 1, /does not end with rollback;/],
  ['no transaction', 'select plan(1); select ok(true); rollback;', 0, 1, /does not start with begin;/],
];

for (const [reason, body, passed, failed, printed] of broken) {
  test(`a file with ${reason} fails`, async (t) => {
    const result = await run(body);
    t.deepEqual([result.passed, result.failed], [passed * count, failed * count], result.printed);
    t.regex(result.printed, printed);
  });
}

test('a role without rights can be tested', async (t) => {
  const { failed, printed } = await run(`begin; select plan(1); set local role mvp_platform_user;
    select throws_ok('select * from catalog.release', '42501'); select * from finish(); rollback;`);
  t.is(failed, 0, printed);
});

test('what a file needs stands in a remark', (t) => {
  t.is(needOf('functions/a.test.sql', '-- needs: data\nbegin;'), 'data');
  t.is(needOf('etl/a.test.ts', '// needs: fixture\n'), 'fixture');
  t.is(needOf('migrations/app/a.test.sql', ''), 'app');
  t.is(needOf('functions/garage/a.test.sql', ''), 'app');
  t.is(needOf('functions/a.test.sql', '-- this needs: data by the way\n'), 'empty');
});
