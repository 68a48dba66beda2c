#!/usr/bin/env node
/*
 * npm run bench:calibration: how often is a value right that the decoder states with confidence c?
 * Draws VINs over all makes, mistypes a share of them, decodes what was typed and compares with the truth.
 */
import { parseArgs } from 'node:util';
import { createContext } from '../server/cli/context.ts';
import { projectRoot } from '../server/config.ts';
import { describe, Failure, hasCode } from '../server/failure.ts';
import { abortOnSignal } from '../server/start/signals.ts';
import { Teardown } from '../server/start/teardown.ts';
import { readCatalog } from './calibration/catalog.ts';
import { diagnose } from './calibration/diagnose.ts';
import { compareErrorModels } from './calibration/error-model.ts';
import { assumedRate, otherRates } from './calibration/misreading.ts';
import { scoreCases } from './calibration/rate-score.ts';
import { printScores, writeReport } from './calibration/report.ts';
import { drawVehicles, typeVins } from './calibration/simulate.ts';
import { findFailures } from './calibration/targets.ts';

const usage = `usage: npm run bench:calibration -- [options]

  --count N      vehicles (20000)
  --seed N       of all random numbers (1)
  --rate R       share of wrong VINs, may be repeated (${[assumedRate, ...otherRates].join(', ')}; the first is assumed by the decoder)
  --light        passenger cars, MPVs and light trucks only: of all makes, most make trailers
  --out FOLDER   where tables and diagrams go (docs/calibration, with --light docs/calibration/light)
  --check        exit code 1 when a target is missed
  --diagnose     instead: where confidence and share right differ, by what the decoder sees and by what was mistyped
`;

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      rate: { type: 'string', multiple: true },
      out: { type: 'string' },
      light: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      diagnose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const count = readNumber('--count', values.count, (n) => Number.isInteger(n) && n >= 1);
  const seed = readNumber('--seed', values.seed, Number.isInteger);
  const rates = (values.rate ?? [assumedRate, ...otherRates].map(String))
    .map((text) => readNumber('--rate', text, (n) => n > 0 && n < 1))
    .sort((a, b) => a - b);

  const pool = await createContext(signal, teardown, say).platform('mvp_platform_owner');
  const catalog = await readCatalog(pool, values.light);
  if (catalog === null || catalog.makes.length === 0) {
    throw new Failure('the platform database has no data to draw VINs from: run mvp-vehicles etl run');
  }
  if (!(await compareErrorModels(pool)))
    say('decoder.look_alikes is not there: the error model is not compared');
  const { vehicles, drawing } = await drawVehicles(pool, catalog, count, seed, progress);
  if (values.diagnose) {
    const mistyped = await typeVins(pool, vehicles, 1, seed, progress);
    process.stdout.write(diagnose(vehicles, mistyped, assumedRate));
    return;
  }
  const scores = [];
  for (const rate of rates) {
    scores.push(scoreCases(await typeVins(pool, vehicles, rate, seed, progress), rate));
  }
  const failures = findFailures(scores);
  process.stdout.write(printScores(scores));
  const { dataVersion, source } = catalog;
  const folder = values.out ?? `${projectRoot}docs/calibration${values.light ? '/light' : ''}`;
  await writeReport(folder, {
    seed,
    isLightOnly: values.light,
    dataVersion,
    source,
    vehicles,
    drawing,
    scores,
  });
  say(`tables and diagrams are in ${folder}`);
  for (const failure of failures) process.stdout.write(`missed: ${failure}\n`);
  if (values.check && failures.length > 0) process.exitCode = 1;
}

const notSetUp = 'the platform database is not set up: run mvp-vehicles migrate, then mvp-vehicles etl run';

function readNumber(name: string, text: string, isAllowed: (value: number) => boolean): number {
  const value = Number(text);
  if (text.trim() === '' || !isAllowed(value)) throw new Failure(`${name} is "${text}": see --help`);
  return value;
}

function say(line: string): void {
  process.stderr.write(`${clearLine}bench:calibration: ${line}\n`);
}

/** Rewrites one line on a terminal; elsewhere progress would be noise. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${clearLine}${line}`);
}

const clearLine = process.stderr.isTTY ? '\r\x1b[K' : '';
const signal = abortOnSignal();
const teardown = new Teardown();
try {
  await run();
} catch (error) {
  process.exitCode = 1;
  // No schema, no table, or no role of ours.
  const isNotSetUp = hasCode(error, '3F000', '42P01', '42883', '22023');
  say(isNotSetUp ? notSetUp : describe(signal.aborted ? signal.reason : error));
}
for (const error of await teardown.run()) say(describe(error));
process.exit();
