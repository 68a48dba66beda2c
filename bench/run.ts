#!/usr/bin/env node
/*
 * npm run bench: the decoder beside its rivals, ratios first. Every section works on a fresh copy of a database that
 * the real rebuild compiled; docs/PERFORMANCE.md says how each figure is measured.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { type Config, projectRoot, readConfig } from '../server/config.ts';
import { createPool } from '../server/database/pool.ts';
import { describe } from '../server/failure.ts';
import { aborted, abortOnSignal } from '../server/start/signals.ts';
import { Teardown } from '../server/start/teardown.ts';
import { isMet } from './report/figures.ts';
import { renderResults } from './report/markdown.ts';
import type { Machine, Results, SectionResult } from './report/result.ts';
import { mergeResults, readResults, replaceBetweenMarkers, writeResults } from './report/store.ts';
import { sections } from './sections.ts';
import { dropCopies, freshDatabase, preparePristine } from './setup/database.ts';
import { describeMachine } from './setup/machine.ts';
import { type Options, readOptions, usage } from './setup/options.ts';
import { type Bench, LeftOut, type Section } from './setup/section.ts';
import { type BenchServer, openServer } from './setup/server.ts';
import { databases } from './setup/sql-file.ts';
import { type Makers, readMakers, VinLists } from './setup/vins.ts';

const letters = sections.map(({ letter }) => letter);

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2), letters, availableParallelism());
  if (options === null) {
    process.stdout.write(usage(letters));
    return;
  }
  const config = readConfig();
  const server = await openServer(config, options, say, signal);
  teardown.add(() => server.stop());
  const { dataDir, etlSource: source } = config;
  await preparePristine(server, { source, config, isFresh: options.isFresh, signal, say });
  teardown.add(() => dropCopies(server));
  const machine = await describeMachine(server.url(databases.pristine));
  const makers = await makersOf(server);
  const results: Results = {};
  for (const section of sections.filter(({ letter }) => options.only.includes(letter))) {
    const result = await runSection(section, { options, config, server, machine, makers });
    if (result !== null) results[section.letter] = result;
    signal.throwIfAborted();
  }
  await report(results, options, dataDir);
}

interface Setting {
  options: Options;
  config: Config;
  server: BenchServer;
  machine: Machine;
  makers: Makers;
}

/** Null when it cannot be measured, after saying why: the other sections are still worth having. */
async function runSection(section: Section, setting: Setting): Promise<SectionResult | null> {
  const { letter, title } = section;
  const closing = new Teardown();
  // Again, should the section be abandoned: the second time does nothing.
  teardown.add(() => closing.run());
  const { options, config, server, machine, makers } = setting;
  const bench: Bench = {
    options,
    server,
    folder: join(config.dataDir, 'bench'),
    source: config.etlSource,
    signal,
    say: (line) => say(`${letter}: ${line}`),
    freshDatabase: () => freshDatabase(server),
    vins: new VinLists(makers, options.seed, letter),
    closing: (step) => closing.add(step),
  };
  say(`${letter}: ${title}`);
  const [loadBefore = 0] = loadavg();
  const begun = new Date();
  try {
    const findings = await section.run(bench);
    const seconds = (Date.now() - begun.getTime()) / 1000;
    return { title, measuredAt: begun.toISOString(), machine, loadBefore, seconds, ...findings };
  } catch (error) {
    signal.throwIfAborted();
    say(`${letter} is left out: ${describe(error)}`);
    if (!(error instanceof LeftOut)) process.exitCode = 1;
    return null;
  } finally {
    for (const error of await closing.run()) say(describe(error));
  }
}

async function makersOf(server: BenchServer): Promise<Makers> {
  const pool = createPool({
    url: server.url(databases.pristine),
    role: 'mvp_platform_owner',
    applicationName: 'mvp-platform-vehicles bench',
    statementTimeoutMs: 0,
  });
  try {
    return await readMakers(pool);
  } finally {
    await pool.end();
  }
}

/** Prints what was found. Only a full measurement is kept: a quick look says too little to be quoted. */
async function report(results: Results, options: Options, dataDir: string): Promise<void> {
  if (Object.keys(results).length === 0) return;
  process.stdout.write(`${renderResults(results)}\n`);
  if (options.isQuick) {
    await writeResults(join(dataDir, 'bench', 'quick.json'), results);
  } else {
    const kept = join(projectRoot, 'bench/results/latest.json');
    const merged = mergeResults(await readResults(kept), results);
    await writeResults(kept, merged);
    const document = join(projectRoot, 'docs/PERFORMANCE.md');
    const text = replaceBetweenMarkers(await readFile(document, 'utf8'), document, renderResults(merged));
    await writeFile(document, text);
    say('bench/results/latest.json and docs/PERFORMANCE.md are written');
  }
  const missed = Object.values(results).flatMap(({ ratios }) =>
    ratios.filter((ratio) => isMet(ratio) === false),
  );
  for (const ratio of missed) say(`missed: ${ratio.name}`);
  if (options.isCheck && missed.length > 0) process.exitCode = 1;
}

function say(line: string): void {
  process.stderr.write(`bench: ${line}\n`);
}

const signal = abortOnSignal();
const teardown = new Teardown();
try {
  // A statement of minutes is not waited for: dropping its database ends it.
  await Promise.race([run(), aborted(signal)]);
  signal.throwIfAborted();
} catch (error) {
  process.exitCode = 1;
  say(describe(signal.aborted ? signal.reason : error));
}
for (const error of await teardown.run()) say(describe(error));
process.exit();
