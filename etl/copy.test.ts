import test from 'ava';
import fc from 'fast-check';
import { type CopyValue, copyInto, copyStatement, encodeRow, encodeRows } from './copy.ts';
import { decodeRows } from './testing/dump-text.ts';
import { withClient } from './testing/looks.ts';
import { testServers } from './testing/servers.ts';

const text = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('\\', 'N', '.', '\t', '\n', '\r', '\b', '\v', '\f', "'", 'é', '🚗', ''),
    }),
    fc.constantFrom('', '\\N', '\\.', 'null', '\\\\', ' ', '\\x41', '\\101'),
  )
  .map((value) => value.replaceAll('\0', '?'));

test('every kind of value has its COPY text', (t) => {
  t.is(encodeRow(['a', 1, -2n, true, false, null, '', 1.5]), 'a\t1\t-2\tt\tf\t\\N\t\t1.5\n');
  t.is(
    encodeRow(['\\N', 'tab\there', 'two\nlines', '\r', '\\.']),
    '\\\\N\ttab\\there\ttwo\\nlines\t\\r\t\\\\.\n',
  );
});

test('names in the statement are quoted', (t) => {
  t.is(
    copyStatement('vpic', 'a"b', ['char', 'x; drop table y']),
    `copy "vpic"."a""b" ("char", "x; drop table y") from stdin with (format text, encoding 'UTF8')`,
  );
});

test('batches hold all rows, in order, and are made when asked for', (t) => {
  let made = 0;
  function* rows(): Generator<CopyValue[]> {
    for (; made < 1000; made++) yield [made, 'x'.repeat(10)];
  }
  const batches = encodeRows(rows(), 200);
  const first = batches.next().value;
  t.true(made < 30);
  const all = [...(first ? [first] : []), ...batches];
  t.is(
    all.reduce((sum, chunk) => sum + chunk.rows, 0),
    1000,
  );
  const decoded = decodeRows(Buffer.concat(all.map((chunk) => chunk.text)).toString());
  t.deepEqual(
    decoded.map(([id]) => Number(id)),
    [...Array(1000).keys()],
  );
  t.deepEqual([...encodeRows([])], []);
});

test('any text survives the encoding', (t) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.option(text)), { maxLength: 20 }), (rows) => {
      t.deepEqual(decodeRows(rows.map((row) => encodeRow(row)).join('')), rows);
    }),
  );
});

for (const { version, url } of testServers) {
  const statement = 'copy pg_temp.copied (n, a, b) from stdin';
  const table = 'create temp table copied (n int, a text, b text)';

  test(`PostgreSQL ${version}: any text arrives as it was`, async (t) => {
    const samples = fc.sample(fc.tuple(text, fc.option(text)), 5000);
    const rows = samples.map(([a, b], n): CopyValue[] => [n, a, b]);
    await withClient(url, async (client) => {
      await client.query(table);
      async function* chunks(): AsyncGenerator<Buffer> {
        for (const chunk of encodeRows(rows, 4096)) yield chunk.text;
      }
      t.is(await copyInto(client, statement, chunks()), rows.length);
      const stored = await client.query({ text: 'select n, a, b from copied order by n', rowMode: 'array' });
      t.deepEqual(stored.rows, rows);
    });
  });

  test(`PostgreSQL ${version}: a failing source, a refused row and an abort leave nothing, and the connection works`, async (t) => {
    await withClient(url, async (client) => {
      await client.query(table);
      const abort = new AbortController();
      async function* failing(how: () => string): AsyncGenerator<Buffer> {
        for (let i = 0; i < 1000; i++) yield Buffer.from('1\tx\ty\n'.repeat(1000));
        yield Buffer.from(how());
        for (let i = 0; i < 1000; i++) yield Buffer.from('1\tx\ty\n'.repeat(1000));
      }
      const source = failing(() => {
        throw new Error('the source broke');
      });
      await t.throwsAsync(copyInto(client, statement, source), { message: 'the source broke' });
      const refused = failing(() => 'one\tx\ty\n');
      await t.throwsAsync(copyInto(client, statement, refused), { code: '22P02' });
      const aborted = failing(() => {
        abort.abort();
        return '1\tx\ty\n';
      });
      await t.throwsAsync(copyInto(client, statement, aborted, abort.signal), { message: /aborted/ });
      t.deepEqual((await client.query('select count(*)::int as n from copied')).rows, [{ n: 0 }]);
    });
  });
}
