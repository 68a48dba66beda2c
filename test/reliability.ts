/*
 * npm run test:reliability [-- --only soak,chaos] [-- --share 0.01] [-- --seed 1] [-- --write] [-- --render]: does to the service what
 * life does, for as long as it takes. --write keeps what was found and makes docs/RELIABILITY.md of it; --render makes the document of
 * what is kept, and runs nothing. Not part of npm test, which runs some of it for seconds.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../server/config.ts';
import { describeMachine, readRecords, type SectionRecord, writeRecord } from './reliability/record.ts';
import { DOCUMENT, isGood, renderReport } from './reliability/report.ts';
import { runSection } from './reliability/run.ts';
import { sections } from './reliability/sections.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    share: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    render: { type: 'boolean', default: false },
  },
});
const share = Number(values.share);
const seed = Number(values.seed);
const names = sections.map(({ name }) => name);
const only = values.only?.split(',') ?? names;
const unknown = only.filter((name) => !names.includes(name));
if (unknown.length > 0) fail(`no section ${unknown.join(', ')}: there are ${names.join(', ')}`);
if (!(share > 0 && share <= 1)) fail('--share takes a number over 0 and up to 1');
if (!Number.isSafeInteger(seed)) fail('--seed takes a whole number');

// Stages clean up when the process exits, and not when a signal ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const commit = spawnSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: projectRoot, encoding: 'utf8' });

for (const section of sections) {
  if (values.render || !only.includes(section.name)) continue;
  const { name, title } = section;
  const say = (line: string): void =>
    console.log(`${new Date().toISOString().slice(11, 19)} ${name}: ${line}`);
  say(title);
  const begun = performance.now();
  const outcome = await runSection(section, { share, seed, say });
  const record: SectionRecord = {
    name,
    on: new Date().toISOString().slice(0, 10),
    commit: commit.stdout?.trim() || 'unknown',
    share,
    seed,
    seconds: Math.round((performance.now() - begun) / 1_000),
    machine: describeMachine(),
    counts: { ...outcome.counts },
    harm: outcome.harm,
    rows: outcome.rows.map((row) => ({ ...row })),
    objections: [...outcome.objections],
  };
  console.log(JSON.stringify(record, null, 2));
  say(isGood(record) ? 'good' : 'NOT GOOD');
  if (!isGood(record)) process.exitCode = 1;
  if (values.write) writeRecord(record);
}
if (values.write || values.render)
  writeFileSync(join(projectRoot, DOCUMENT), renderReport(sections, readRecords()));
// A section that was given up may have left something that keeps the process.
process.exit();

function fail(line: string): never {
  console.error(line);
  process.exit(2);
}
