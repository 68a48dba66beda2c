import test from 'ava';
import { readBench } from '../setup/sql-file.ts';
import { readRate, renderScript } from './pgbench.ts';
import { batchSize } from './variant.ts';

test('a script takes a batch of VINs and sends the statement for each', async (t) => {
  const takeBatch = await readBench('clients/take_batch.sql');
  const script = renderScript(takeBatch, 'select f(:vin);\n');
  t.true(script.startsWith(takeBatch));
  const lines = script.slice(takeBatch.length).trimEnd().split('\n');
  t.is(lines.length, batchSize);
  t.is(lines[0], 'select f(:vin1);');
  t.is(lines.at(-1), `select f(:vin${batchSize});`);
  const columns = takeBatch.matchAll(/vins\[(\d+)\] as vin(\d+)/g);
  t.deepEqual(
    Array.from(columns, ([, index, name]) => [index, name]),
    lines.map((_, index) => [String(index + 1), String(index + 1)]),
  );
});

test('the rate is read from the report, unless some failed', (t) => {
  const report =
    'number of failed transactions: 0 (0.000%)\ntps = 1234.5 (without initial connection time)\n';
  t.is(readRate(report), 1234.5);
  t.is(readRate('tps = 12 (without initial connection time)'), 12);
  t.throws(() => readRate(report.replace(': 0 ', ': 3 ')), { message: /reports 3 failed/ });
  t.throws(() => readRate('nothing'), { message: /no rate/ });
});
