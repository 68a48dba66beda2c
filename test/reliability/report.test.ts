import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { projectRoot } from '../../server/config.ts';
import { readRecords } from './record.ts';
import { DOCUMENT, isGood, renderReport } from './report.ts';
import { runSection } from './run.ts';
import { type Extent, NO_HARM, type Section } from './section.ts';
import { sections } from './sections.ts';

test('docs/RELIABILITY.md is what the last runs found', (t) => {
  const records = readRecords();
  const names = sections.map(({ name }) => name);
  t.deepEqual(
    records.map(({ name }) => name).filter((name) => !names.includes(name)),
    [],
    'a record of a section that is no more',
  );
  const document = readFileSync(join(projectRoot, DOCUMENT), 'utf8');
  t.is(document, renderReport(sections, records), 'npm run test:reliability -- --render makes it again');
});

test('names of sections are their own', (t) => {
  t.is(new Set(sections.map(({ name }) => name)).size, sections.length);
});

const extent: Extent = { share: 0.01, seed: 1, say: () => undefined };
const section: Section = {
  name: 'example',
  title: 'An example',
  about: 'It asks twice.',
  run: async () => ({
    counts: { requests: 2_000 },
    harm: NO_HARM,
    rows: [{ phase: 'all', 'p99 ms': 1.5 }],
    objections: [],
  }),
};

test('a section that throws objects by that, and its run goes on', async (t) => {
  const { objections } = await runSection(
    { ...section, run: () => Promise.reject(new Error('no database')) },
    extent,
  );
  t.deepEqual(objections, ['The section did not come to its end: no database']);
});

test('a record becomes a row of the overview and a section with its table', async (t) => {
  const { counts, rows, ...outcome } = await runSection(section, extent);
  const record = {
    name: 'example',
    on: '2026-01-31',
    commit: '0123456789',
    share: 0.01,
    seed: 1,
    seconds: 18,
    machine: 'a machine',
    counts: { ...counts },
    harm: { ...outcome.harm, lost: 1 },
    rows: rows.map((row) => ({ ...row })),
    objections: [],
  };
  const text = renderReport([section], [record]);
  t.true(text.includes('| An example | `example` | 18 s | 0 | 1 | 0 | 0 | 0 | 0 |'), text);
  t.true(
    text.includes(
      '2026-01-31, commit 0123456789, a share of 0.01, seed 1, 18 s. a machine.\n\nDone: 2,000 requests.',
    ),
    text,
  );
  t.true(text.includes('| phase | p99 ms |\n| --- | ---: |\n| all | 1.5 |'), text);
  t.false(isGood(record));
  t.true(isGood({ ...record, harm: NO_HARM }));
});
