import test from 'ava';
import fc from 'fast-check';
import type { CopyValue } from '../copy.ts';
import { decodeRows, inPieces, makeDump, readAll, type TableRows } from '../testing/dump-text.ts';
import { readDump } from './dump-reader.ts';
import { DUMP_LIMITS } from './limits.ts';

const value = fc.option(
  fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('\\', '.', 'N', '\t', '\n', '\r', "'", '$', '"', '-', '/', '*', 'ü', '🚗'),
      }),
      fc.constantFrom(
        '',
        '\\.',
        '\\N',
        '\n\\.\n',
        'COPY vpic.x (a) FROM stdin;',
        "it's",
        '$_$',
        '/*',
        '--',
        '"',
      ),
    )
    .map((text) => text.replaceAll('\0', '?')),
);
const column = fc.stringMatching(/^[a-z_][a-z0-9_ "$é]{0,8}$/);
const table = fc.uniqueArray(column, { minLength: 1, maxLength: 6 }).chain((columns) =>
  fc.record({
    name: fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/),
    columns: fc.constant(columns),
    rows: fc.array(fc.tuple(...columns.map(() => value)), { maxLength: 12 }),
  }),
);

test('any data in any chunks comes out as it went in, and in the columns asked for', async (t) => {
  const projections = fc.array(
    fc.record({ pick: fc.nat(), constant: fc.option(fc.string({ unit: 'binary' })) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  const property = fc.asyncProperty(
    fc.array(table, { maxLength: 4 }),
    fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
    fc.integer({ min: 1, max: 200 }),
    projections,
    async (tables, pieces, blockBytes, wanted) => {
      const quoted = tables.map((entry) => ({
        ...entry,
        columns: entry.columns.map((name) => name.replaceAll('"', '""')),
      }));
      const chunks = inPieces(Buffer.from(makeDump(quoted)), pieces);
      let index = 0;
      for await (const found of readDump(chunks, { ...DUMP_LIMITS, blockBytes })) {
        const expected = tables[index++];
        if (!expected) throw new Error('more tables than there are');
        t.is(found.name, expected.name);
        t.deepEqual(found.columns, expected.columns);
        // The first table as it is, the second counted only, the others rearranged.
        if (index === 2) {
          t.is((await found.skip()).rows, expected.rows.length);
          continue;
        }
        const picks = wanted.map(({ pick, constant }) =>
          constant === null ? pick % expected.columns.length : constant.replaceAll('\0', '?'),
        );
        const all = expected.columns.map((_, position) => position);
        const chosen: (number | string)[] = index === 1 ? all : picks;
        let text = '';
        let rows = 0;
        const projection = chosen.map((part) =>
          typeof part === 'string' ? { constant: part } : { column: expected.columns[part] ?? '' },
        );
        for await (const chunk of found.read(projection)) {
          text += chunk.text;
          rows += chunk.rows;
        }
        t.is(rows, expected.rows.length);
        const rearranged = expected.rows.map((row) =>
          chosen.map((part): CopyValue | undefined => (typeof part === 'string' ? part : row[part])),
        );
        t.deepEqual(decodeRows(text), rearranged as (string | null)[][]);
      }
      t.is(index, tables.length);
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

const BLOCK = 'COPY vpic.make (id, name) FROM stdin;\n1\tHONDA\n\\.\n';
const ROWS = [{ name: 'make', columns: ['id', 'name'], rows: [['1', 'HONDA']] }];

/** SQL before a block, after which the block must be found all the same, and nothing else. */
const passedOver: readonly [why: string, sql: string][] = [
  ['nothing', ''],
  ['a dollar-quoted body', 'CREATE FUNCTION f() AS $_$\nCOPY vpic.evil (id) FROM stdin;\n666\n\\.\n$_$;\n'],
  ['dollar quotes in dollar quotes', 'DO $a$ $b$;\nCOPY vpic.evil (id) FROM stdin;\n$b$ $$ $a$;\n'],
  ['an empty tag, with a dollar in the body', "DO $$ it's $1\nCOPY vpic.evil (id) FROM stdin;\n$$;\n"],
  ['a parameter is no dollar quote', 'SELECT $1, $2;\n'],
  ['a dollar in a name is no dollar quote', 'SELECT a$b, c$b$d;\n'],
  ['a string over lines', "SELECT 'one\nCOPY vpic.evil (id) FROM stdin;\nit''s';\n"],
  ['a standard string ends at its quote whatever is before it', "SELECT 'a\\';\n"],
  ['an escape string does not', "SELECT E'a\\'\nCOPY vpic.evil (id) FROM stdin;\n';\n"],
  ['a name ending in e before a string', "SELECT type'a\\';\n"],
  ['a quoted identifier over lines', 'SELECT 1 AS "x\nCOPY vpic.evil (id) FROM stdin;\n""";\n'],
  ['a line comment', '-- it\'s "\n-- COPY vpic.evil (id) FROM stdin;\n'],
  ['a block comment', "/* it's\nCOPY vpic.evil (id) FROM stdin;\n*/\n"],
  ['nested block comments', '/* a /* b */\nCOPY vpic.evil (id) FROM stdin;\n*/\n'],
  ['the middle of a statement', 'SELECT 1 AS\nCOPY vpic.evil (id) FROM stdin\n;\n'],
  ['parentheses', 'CREATE RULE r AS ON INSERT TO t DO (SELECT 1;\nCOPY vpic.evil (id) FROM stdin;\n);\n'],
  [
    'a body in begin atomic',
    'CREATE FUNCTION f() BEGIN ATOMIC\nSELECT CASE WHEN true THEN 1 END;\nCOPY vpic.evil (id) FROM stdin;\nEND;\n',
  ],
  [
    'psql meta-commands',
    "\\restrict it's\n\\! rm -rf /\n\\copy vpic.evil from '/etc/passwd'\n\\connect other\n",
  ],
  ['a meta-command within a statement', 'SELECT 1 \\gexec it\'s "\n;\n'],
  ['another schema', "COPY public.make (id, name) FROM stdin;\n1\tit's\n\\.\n"],
  ['a block without columns', "COPY vpic.nothing  FROM stdin;\n\n'\n\\.\n"],
  ['statements that would do harm', 'DROP TABLE x; DELETE FROM y; SELECT pg_sleep(1);\n'],
  ['a byte order mark', '\ufeff-- hello\nSELECT 1;\n'],
];

for (const [why, sql] of passedOver) {
  test(`passed over: ${why}`, async (t) => {
    t.deepEqual(await readAll(sql + BLOCK), ROWS);
    t.deepEqual(await readAll(sql + BLOCK, { blockBytes: 1 }), ROWS);
  });
}

const head = 'COPY vpic.make (id, name) FROM stdin;\n';
/** Files that are refused, each with what the message has to say. */
const refused: readonly [why: string, dump: string | Buffer, message: RegExp][] = [
  ['cut off in the rows', `${head}1\tHONDA\n`, /cut off in table make, line 3/],
  ['cut off in a row', `${head}1\tHONDA\n2`, /table make, line 3 of the dump: 1 columns instead of 2/],
  ['cut off before the end-of-data line is whole', `${head}1\tHONDA\n\\`, /make, line 3.*escape/],
  ['cut off in a string', "\nSELECT 'a\n", /cut off inside a string that began on line 2/],
  ['cut off in a body', 'DO $x$\n$y$', /cut off inside a dollar quote that began on line 1/],
  ['cut off in a comment', '/* /* */', /cut off inside a comment/],
  ['cut off in a statement', 'SELECT 1\n', /cut off inside a statement that began on line 1/],
  [
    'a column too many',
    `${head}1\tA\n2\tB\tC\n\\.\n`,
    /table make, line 3 of the dump: 3 columns instead of 2/,
  ],
  ['a column too few', `${head}1\tA\n2\n\\.\n`, /table make, line 3 of the dump: 1 columns instead of 2/],
  ['an empty line', `${head}\n\\.\n`, /1 columns instead of 2/],
  ['an end of data within a row', `${head}1\t\\.\n2\tB\n\\.\n`, /line 2 of the dump: an escape/],
  ['an end of data with more behind it', `${head}\\.x\n1\tA\n\\.\n`, /line 2 of the dump: an escape/],
  ['an octal escape', `${head}1\t\\000\n\\.\n`, /an escape that pg_dump does not write/],
  ['a hex escape', `${head}1\t\\x00\n\\.\n`, /an escape that pg_dump does not write/],
  ['a newline behind a backslash', `${head}1\ta\\\nb\n\\.\n`, /an escape/],
  ['a zero byte', `${head}1\ta\0b\n\\.\n`, /a zero byte/],
  ['an end of data in the middle of a line', `${head}1\tA\\.\n\\.\n`, /line 2 of the dump: an escape/],
  ['an end of data with a blank before it', `${head} \\.\n\\.\n`, /line 2 of the dump: an escape/],
  ['an end of data for Windows', `${head}\\.\r\n`, /line 2 of the dump: an escape/],
  [
    'an end of data of another block',
    `${head}1\tA\nCOPY vpic.model (id) FROM stdin;\n\\.\n`,
    /line 3 .* 1 columns/,
  ],
  ['a tab behind the last column', `${head}1\tA\t\n\\.\n`, /3 columns instead of 2/],
  ['a vertical escape that COPY does not know', `${head}1\t\\q\n\\.\n`, /an escape/],
  ['a backslash at the end', `${head}1\tA\\\n\\.\n`, /an escape/],
  [
    'a surrogate in UTF-8',
    Buffer.from([...Buffer.from(`${head}1\t`), 0xed, 0xa0, 0x80, 0x0a]),
    /at offset 40/,
  ],
  ['an overlong slash', Buffer.from([...Buffer.from(`${head}1\t`), 0xc0, 0xaf, 0x0a]), /at offset 40/],
  [
    'a character beyond Unicode',
    Buffer.from([...Buffer.from(`${head}1\t`), 0xf4, 0x90, 0x80, 0x80, 0x0a]),
    /at offset 40/,
  ],
  [
    'rows in a block without columns that does not end',
    'COPY vpic.x  FROM stdin;\n1\n',
    /cut off in table x/,
  ],
  ['COPY to', "COPY vpic.make (id) TO '/tmp/x';\n", /line 1: a COPY statement/],
  ['COPY with options', 'COPY vpic.make (id) FROM stdin WITH (FORMAT csv);\n', /line 1: a COPY statement/],
  ['COPY of a query', 'COPY (SELECT 1) TO stdout;\n', /line 1: a COPY statement/],
  ['COPY without a schema', 'COPY make (id, name) FROM stdin;\n1\tA\n\\.\n', /line 1: a COPY statement/],
  ['COPY with a U& name', 'COPY vpic.U&"make" (id) FROM stdin;\n', /line 1: a COPY statement/],
  [
    'Windows line ends in the header',
    'COPY vpic.make (id) FROM stdin;\r\n1\r\n\\.\r\n',
    /line 1: a COPY statement/,
  ],
  ['Windows line ends', `${head}1\ta\r\n\\.\r\n`, /a bare carriage return/],
  [
    'COPY in another spelling',
    'copy vpic.make (id, name) from stdin;\n',
    /line 1: a COPY statement of a form/,
  ],
  ['COPY from a file', "COPY vpic.make (id) FROM '/etc/passwd';\n", /line 1: a COPY statement/],
  ['COPY from a program', "COPY vpic.make (id) FROM PROGRAM 'id';\n", /line 1: a COPY statement/],
  ['COPY behind another statement', 'SELECT 1; COPY vpic.make (id, name) FROM stdin;\n', /line 1: a COPY/],
  ['COPY behind a comment', '/* */ COPY vpic.make (id, name) FROM stdin;\n', /line 1: a COPY/],
  ['the same column twice', 'COPY vpic.make (id, "ID") FROM stdin;\n1\t2\n\\.\n', /line 1: a COPY/],
  [
    'a name that PostgreSQL would not take',
    `COPY vpic."${'é'.repeat(32)}" (id) FROM stdin;\n`,
    /line 1: a COPY/,
  ],
  ['a header of a megabyte', `COPY vpic.make (${'a, '.repeat(300_000)}b) FROM stdin;\n`, /line 1: a COPY/],
  ['Latin-1', Buffer.from(`${head}1\tCITRO\u00cbN\n\\.\n`, 'latin1'), /invalid bytes at offset 45/],
  ['UTF-16', Buffer.from('\ufeff-- dump\n', 'utf16le'), /invalid bytes at offset 0/],
  ['UTF-16 without a mark', Buffer.from(head, 'utf16le'), /line 1: a zero byte/],
  ['a zero byte between the blocks', `${BLOCK}SELECT '\0';\n`, /line 4: a zero byte/],
  ['a character cut off at the end', Buffer.from([...Buffer.from(`${head}1\t`), 0xe2, 0x82]), /at offset 40/],
  [
    'a line of two megabytes',
    `${head}1\t${'x'.repeat(2 * 1024 * 1024)}\n\\.\n`,
    /a line of more than 1048576 bytes/,
  ],
  ['no line end in two megabytes of SQL', `--${' '.repeat(2 * 1024 * 1024)}`, /a line of more than/],
];

for (const [why, dump, message] of refused) {
  test(`refused: ${why}`, async (t) => {
    await t.throwsAsync(readAll(dump), { name: 'SourceError', message });
  });
}

test('an end of data may be the end of the file', async (t) => {
  t.deepEqual(await readAll(BLOCK.slice(0, -1)), ROWS);
});

test('so many tables and no more', async (t) => {
  t.is((await readAll(BLOCK.repeat(5), { maxTables: 5 })).length, 5);
  await t.throwsAsync(readAll(`${BLOCK.repeat(3)}COPY public.x (id) FROM stdin;\n\\.\n`, { maxTables: 3 }), {
    name: 'SourceError',
    message: /has more than 3 tables/,
  });
});

test('a damaged table is refused when it is skipped, too', async (t) => {
  const dump = `${head}1\tA\n2\n\\.\n${BLOCK}`;
  const read = async (): Promise<void> => {
    for await (const _ of readDump(inPieces(Buffer.from(dump), [50]), DUMP_LIMITS)) {
      // Never read: the reader passes over it.
    }
  };
  await t.throwsAsync(read(), { message: /table make, line 3/ });
});

test('names come in lower case, quoted or not', async (t) => {
  const tables = await readAll('COPY vpic.t ("WMI", "a ""b""", "position") FROM stdin;\n1\t2\t3\n\\.\n');
  t.deepEqual(tables, [{ name: 't', columns: ['wmi', 'a "b"', 'position'], rows: [['1', '2', '3']] }]);
});

test('bytes and rows of all chunks add up to the table', async (t) => {
  const rows: TableRows['rows'] = [...Array(5000).keys()].map((n) => [n, 'x'.repeat(n % 50)]);
  const dump = makeDump([{ name: 'make', columns: ['id', 'name'], rows }]);
  const start = dump.indexOf('\n', dump.indexOf('COPY vpic.')) + 1;
  for await (const table of readDump(inPieces(Buffer.from(dump), [777]), {
    ...DUMP_LIMITS,
    blockBytes: 1000,
  })) {
    const { rows: count, bytes } = await table.skip();
    t.is(count, 5000);
    t.is(bytes, dump.indexOf('\\.\n', start) + 3 - start);
  }
});
