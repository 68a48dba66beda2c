import test from 'ava';
import { atLeast, atMost, best, figureTable, formatNumber, isMet, median, ratio } from './figures.ts';
import { renderResults, renderTable } from './markdown.ts';
import { type Figure, type Machine, resultsSchema, type SectionResult } from './result.ts';
import { mergeResults, replaceBetweenMarkers } from './store.ts';

const machine: Machine = {
  cpu: 'Some CPU',
  cores: 2,
  memoryGb: 16,
  system: 'Some Linux',
  postgres: 'PostgreSQL 18.4',
  node: '24.21.0',
  dataVersion: '2026-03-r1',
  dataSource: 'bundled',
};

const fast: Figure = { name: 'fast', unit: '1/s', rounds: [90, 110, 100] };
const slow: Figure = { name: 'slow', unit: '1/s', rounds: [50, 60] };
const none: Figure = { name: 'none', unit: '1/s', rounds: [] };

function section(of: Partial<SectionResult> = {}): SectionResult {
  return {
    title: 'Speed',
    measuredAt: '2026-11-22T10:00:00.000Z',
    machine,
    loadBefore: 0.04,
    seconds: 61.4,
    ratios: [ratio('fast, of slow', fast, slow, atLeast(2))],
    figures: [fast, slow],
    tables: [figureTable('Rates', [fast, slow, none])],
    notes: ['Seen once.'],
    ...of,
  };
}

test('the median is the middle, of an even number the mean of two', (t) => {
  t.is(median([3, 1, 2]), 2);
  t.is(median([4, 1, 2, 3]), 2.5);
  t.is(median([]), null);
});

test('the best is the most of a rate and the least of anything else', (t) => {
  t.is(best(fast), 110);
  t.is(best({ ...fast, unit: 'µs/VIN' }), 90);
  t.is(best(none), null);
});

test('a ratio divides medians, and what was not measured meets no requirement', (t) => {
  const measured = ratio('fast, of slow', fast, slow, atLeast(1.8));
  t.is(measured.value, 100 / 55);
  t.is(measured.of, '100 1/s ÷ 55 1/s');
  t.true(isMet(measured));
  t.false(isMet(ratio('fast, of slow', fast, slow, atMost(1.8))));
  t.is(isMet(ratio('fast, of slow', fast, slow)), null);
  for (const missing of [none, undefined]) {
    t.is(ratio('fast, of none', fast, missing, atMost(9)).value, null);
    t.false(isMet(ratio('fast, of none', fast, missing, atMost(9))));
  }
});

test('numbers have three significant digits', (t) => {
  t.deepEqual([0, 7, 0.12345, 1.2345, 12.345, 123.45, 12_345.6].map(formatNumber), [
    '0',
    '7',
    '0.123',
    '1.23',
    '12.3',
    '123',
    '12,346',
  ]);
});

test('tables align figures to the right, words to the left', (t) => {
  t.is(
    renderTable({
      title: 'T',
      head: ['', 'unit', 'n'],
      rows: [
        ['a|b', 's', 1000],
        ['c', 'ms', null],
      ],
    }),
    [
      '**T**',
      '',
      '|      | unit |     n |',
      '| ---- | ---- | ----: |',
      '| a\\|b | s    | 1,000 |',
      '| c    | ms   |     – |',
    ].join('\n'),
  );
});

test('the report begins with the ratios and names the machine once', (t) => {
  const text = renderResults({ b: section(), a: section({ title: 'First' }) });
  t.true(text.startsWith('**Ratios**'));
  t.regex(text, /\| a +\| fast, of slow \| +1\.82 × \| +at least 2 × \| no +\|/);
  t.is(text.split('Some CPU').length, 2);
  t.regex(text, /^a, b: Some CPU, 2 cores, 16 GB/m);
  t.true(text.indexOf('### a. First') < text.indexOf('### b. Speed'));
  t.regex(text, /2026-11-22, 61 s; load average before: 0\.0\./);
});

test('results survive the way through their file', (t) => {
  const results = { a: section() };
  t.deepEqual(resultsSchema.parse(JSON.parse(JSON.stringify(results))), results);
});

test('a new section replaces the old one and keeps those of the same machine and data', (t) => {
  const before = {
    a: section({ title: 'old' }),
    c: section(),
    d: section({ machine: { ...machine, cores: 8 } }),
  };
  const merged = mergeResults(before, { a: section({ title: 'new' }) });
  t.deepEqual(Object.keys(merged).sort(), ['a', 'c']);
  t.is(merged.a?.title, 'new');
  t.deepEqual(mergeResults(before, {}), before);
});

test('only what is between the markers changes', (t) => {
  const document = 'before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nafter\n';
  t.is(
    replaceBetweenMarkers(document, 'x.md', 'new'),
    'before\n<!-- bench: begin -->\n\nnew\n\n<!-- bench: end -->\nafter\n',
  );
  t.throws(() => replaceBetweenMarkers('nothing', 'x.md', 'new'), { message: /x\.md has no lines/ });
});
