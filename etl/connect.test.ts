import test from 'ava';
import { configOf } from './connect.ts';

test('the role joins the options of the URL, whatever form that has', (t) => {
  const cases: [url: string, options: string, address: string][] = [
    ['postgres://u:p@h:5432/d', '-c role=r', 'postgres://u:p@h:5432/d'],
    ['postgres://u@/d?host=/tmp&port=1', '-c role=r', 'postgres://u@/d'],
    ['postgres://u@h/d?options=-c%20work_mem%3D1MB', '-c work_mem=1MB -c role=r', 'postgres://u@h/d'],
  ];
  for (const [url, options, address] of cases) {
    const [base, query] = (configOf(url, 'r').connectionString ?? '').split('?');
    t.is(base, address);
    const parameters = new URLSearchParams(query);
    t.true(parameters.get('options')?.startsWith(options), `${parameters}`);
    const before = new URLSearchParams(url.split('?')[1]);
    for (const [name, value] of before) if (name !== 'options') t.is(parameters.get(name), value);
  }
  t.false(configOf('postgres://u@h/d').connectionString?.includes('role'));
  t.regex(
    decodeURIComponent(configOf('postgres://u@h/d', 'r', '-c a=1').connectionString ?? ''),
    /-c\+role=r.*-c\+a=1$/,
  );
});
