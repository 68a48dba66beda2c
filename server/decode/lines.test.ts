import test from 'ava';
import { batchesOf, type Line } from './lines.ts';

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<Line[]> {
  const bytes = chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
  const lines: Line[] = [];
  for await (const batch of batchesOf(toStream(bytes), 100)) lines.push(...batch);
  return lines;
}

async function* toStream(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const VIN = '1HGCM82633A004352';

for (const [text, vin, modelYear, reason] of [
  [VIN, VIN, undefined, 'a bare VIN'],
  [` ${VIN}\t`, VIN, undefined, 'blanks around it'],
  [`${VIN},2003`, VIN, 2003, 'with its year'],
  [`${VIN}; 2003 `, VIN, 2003, 'behind a semicolon'],
  [`${VIN}\t2003`, VIN, 2003, 'behind a tab'],
  [`${VIN},`, VIN, undefined, 'a year left out'],
  [`"${VIN}"`, VIN, undefined, 'a JSON string'],
  ['"1HG\\u0043M"', '1HGCM', undefined, 'with an escape'],
  [`{"vin":"${VIN}"}`, VIN, undefined, 'an object'],
  [`{"modelYear":2003,"vin":"${VIN}"}`, VIN, 2003, 'with its year, in any order'],
  [`{"vin":"${VIN}","modelYear":null}`, VIN, undefined, 'no year'],
  ['no VIN at all', 'no VIN at all', undefined, 'any text is decoded, to its errors'],
  ['[1]', '[1]', undefined, 'also one that looks like JSON of another kind'],
] as const) {
  test(`${JSON.stringify(text)}: ${reason}`, async (t) => {
    const [line, ...more] = await linesOf(text);
    t.is(more.length, 0);
    t.is(line?.number, 1);
    t.is(line?.entry?.vin, vin);
    t.is(line?.entry?.modelYear, modelYear);
  });
}

for (const [text, reason] of [
  ['{"vin":', /^is not valid JSON$/],
  [`"${VIN}" x`, /^is not valid JSON$/],
  ['{}', /^"vin" is not a text$/],
  ['{"vin":17}', /^"vin" is not a text$/],
  [`{"vin":"${VIN}","modelYear":"2003"}`, /^"modelYear" is not an integer from 1900 to 2100$/],
  [`{"vin":"${VIN}","modelYear":2003.5}`, /^"modelYear" is not an integer/],
  [`{"vin":"${VIN}","modelYear":1899}`, /^"modelYear" is not an integer/],
  [`{"vin":"${VIN}","year":2003}`, /^has "year" beside "vin" and "modelYear"$/],
  [`{"vin":"${'x'.repeat(1001)}"}`, /^"vin" is longer than 1000 characters$/],
  ['"1HG\\u0000"', /^contains the character U\+0000$/],
  ['1HG\0', /^contains the character U\+0000$/],
  [`${VIN},Honda`, /^has something behind the VIN that is no model year$/],
  [`${VIN},20030`, /^has something behind/],
  [`${VIN},1899`, /^has something behind/],
  ['x'.repeat(4097), /^is longer than 4096 characters$/],
] as const) {
  test(`${JSON.stringify(text).slice(0, 60)} is refused: ${reason}`, async (t) => {
    const [line] = await linesOf(`${VIN}\n\n`, text, `\n${VIN}`).then((lines) => lines.slice(1));
    t.is(line?.entry, null);
    t.is(line?.number, 3);
    t.regex(line?.reason ?? '', reason);
  });
}

test('line ends, blank lines, a byte order mark, no end at the end', async (t) => {
  const lines = await linesOf('\uFEFFA\r\n', '\n  \r\nB', '\nC');
  t.deepEqual(
    lines.map(({ number, entry }) => [number, entry?.vin]),
    [
      [1, 'A'],
      [4, 'B'],
      [5, 'C'],
    ],
  );
  t.deepEqual(await linesOf(), []);
  t.deepEqual(await linesOf('\n\r\n'), []);
});

test('characters and lines that are cut between chunks', async (t) => {
  const bytes = Buffer.from('ÄÖÜ\nB€\r\n🚗\n');
  const lines = await linesOf(...Array.from(bytes, (byte) => Uint8Array.of(byte)));
  t.deepEqual(
    lines.map(({ entry }) => entry?.vin),
    ['ÄÖÜ', 'B€', '🚗'],
  );
  const [broken] = await linesOf(Uint8Array.of(0x41, 0xff, 0x42));
  t.is(broken?.entry?.vin, 'A\uFFFDB', 'no UTF-8');
});

test('a line without end is refused and not held', async (t) => {
  const megabyte = Buffer.alloc(1024 * 1024, 'x');
  let most = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${VIN}\n`);
    for (let i = 0; i < 300; i += 1) {
      yield megabyte;
      most = Math.max(most, process.memoryUsage().heapUsed);
    }
    yield Buffer.from(`\n${VIN}`);
  }
  const before = process.memoryUsage().heapUsed;
  const lines: Line[] = [];
  for await (const batch of batchesOf(endless(), 100)) lines.push(...batch);
  t.deepEqual(
    lines.map(({ number, entry }) => [number, entry !== null]),
    [
      [1, true],
      [2, false],
      [3, true],
    ],
  );
  t.true(most - before < 100e6, `${Math.round((most - before) / 1e6)} MB`);
});

test('lists are as long as they may be, and shorter when the stream pauses', async (t) => {
  const sizes: number[] = [];
  const chunks = ['A\nB\nC\nD\nE\n', 'F\n', 'G'].map((text) => Buffer.from(text));
  for await (const batch of batchesOf(toStream(chunks), 2)) sizes.push(batch.length);
  t.deepEqual(sizes, [2, 2, 1, 1, 1]);
});
