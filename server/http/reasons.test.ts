import test from 'ava';
import { vehicleOf } from '../garage/vehicle-body.ts';
import { Problem } from '../problem.ts';
import { queries } from '../routes/dropdowns.ts';
import { inOneLine, listed } from './reasons.ts';
import { parseQuery } from './validate.ts';

test('ten reasons are named, more are counted', (t) => {
  const reasons = Array.from({ length: 12 }, (_, at) => `reason ${at + 1}`);
  t.is(inOneLine(reasons.slice(0, 2)), 'reason 1; reason 2');
  t.is(inOneLine(reasons.slice(0, 10)).split('; ').length, 10);
  t.regex(inOneLine(reasons), /reason 10; and 2 more$/);
  t.is(listed(Array.from({ length: 101 }, () => 0)).length, 100);
});

const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`member ${at}`, '0']));

for (const [what, refuse] of [
  ['a body', () => vehicleOf(many)],
  ['a query', () => parseQuery(queries.years, many)],
] as const) {
  test(`${what} with thousands of mistakes is refused in few words`, (t) => {
    const problem = t.throws(refuse, { instanceOf: Problem });
    t.is(problem?.status, 400);
    t.regex(problem?.message ?? '', /"member 9" [^;]*; and 19990 more/);
    t.true(JSON.stringify(problem?.toDocument()).length < 20_000);
  });
}
