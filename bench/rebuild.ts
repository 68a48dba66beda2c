#!/usr/bin/env node
/*
 * npm run bench:rebuild: how long the weekly rebuild takes with a file of NHTSA's size, from a site whose lines break,
 * and what those notice who decode VINs meanwhile. docs/operations.md says what the figures mean.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSite } from '../etl/testing/site.ts';
import { type Config, readConfig } from '../server/config.ts';
import { openDatabases } from '../server/database/databases.ts';
import { createPool } from '../server/database/pool.ts';
import { describe, Failure } from '../server/failure.ts';
import { aborted, abortOnSignal } from '../server/start/signals.ts';
import { Teardown } from '../server/start/teardown.ts';
import { Service } from '../test/harness/service.ts';
import { keepPace, type Latencies } from './rebuild/pace.ts';
import { runProgram } from './setup/programs.ts';
import { query, withClient } from './setup/sql-file.ts';
import { readMakers, VinLists } from './setup/vins.ts';

const usage = `usage: npm run bench:rebuild -- [options]

  --dump FILE.zip   what is rebuilt (one that npm run bench:dump makes, kept in DATA_DIR/bench/rebuild)
  --rate N          decodes a second meanwhile, of VINs that no cache knows (50)
  --seconds N       how long the service is measured without a rebuild (60)
  --worker W        inline: the server rebuilds, as by default; own: npm run worker does (inline)
  --check           exit code 1 when a requirement is missed
`;

interface Options {
  dump: string | undefined;
  rate: number;
  seconds: number;
  worker: 'inline' | 'own';
  isCheck: boolean;
}

/** What one rebuild may take at most. */
const required = { seconds: 360, megabytes: 250, slowdown: 2 } as const;

/** More than any rebuild takes, so that the VINs do not end before it does. */
const LONGEST_SECONDS = 600;

interface Run {
  status: string;
  reason: string | null;
  data_version: string | null;
  seconds: number;
  rows: number;
  peak_memory: number;
}

function readOptions(args: string[]): Options | null {
  const { values } = parseArgs({
    args,
    options: {
      dump: { type: 'string' },
      rate: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '60' },
      worker: { type: 'string', default: 'inline' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const { dump, worker } = values;
  const [rate, seconds] = [Number(values.rate), Number(values.seconds)];
  if (!(rate > 0 && rate <= 1000)) throw new Failure(`--rate is "${values.rate}": must be from 1 to 1000`);
  if (!(seconds >= 1)) throw new Failure(`--seconds is "${values.seconds}": must be 1 or more`);
  if (worker !== 'inline' && worker !== 'own')
    throw new Failure(`--worker is "${worker}": must be inline or own`);
  if (dump !== undefined && !existsSync(dump))
    throw new Failure(`--dump is "${dump}": there is no such file`);
  return { dump, rate, seconds, worker, isCheck: values.check };
}

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(usage);
    return;
  }
  const config = { ...readConfig(), platformDatabaseUrl: null, databaseUrl: null };
  const folder = join(config.dataDir, 'bench', 'rebuild');
  mkdirSync(folder, { recursive: true });
  const dump = options.dump ?? (await makeDump(folder));
  const dataDir = join(folder, 'data');
  const url = await startService(dataDir, options.worker);
  const databaseUrl = await joinDatabase({ ...config, dataDir });

  say('drawing VINs');
  const count = Math.ceil(options.rate * (2 * options.seconds + LONGEST_SECONDS));
  const vins = await drawVins(databaseUrl, count);
  const next = (): string | null => {
    const vin = vins.pop();
    return vin === undefined ? null : `/api/vehicles/decode/${vin}`;
  };
  const pace = (until: AbortSignal): Promise<Latencies> =>
    keepPace({ url, rate: options.rate, next, until: AbortSignal.any([until, signal]) });
  const alone = (): Promise<Latencies> => {
    say(`decoding for ${options.seconds} s without a rebuild`);
    return pace(AbortSignal.timeout(options.seconds * 1000));
  };

  await pace(AbortSignal.timeout(5_000));
  const before = await alone();
  const over = new AbortController();
  const decoding = pace(over.signal);
  await rebuildOver(dump, dataDir).finally(() => over.abort());
  const during = await decoding;
  const after = await alone();
  const [made] = await withClient(databaseUrl, (client) => query<Run>(client, 'rebuild/run.sql'));
  if (made === undefined) throw new Failure('there is no run: see etl status');
  const steps = await withClient(databaseUrl, (client) =>
    query<{ step: string; seconds: number }>(client, 'rebuild/steps.sql'),
  );
  report({ made, steps, before, during, after, isCheck: options.isCheck });
}

/** Made once: the same request gives the same file. */
async function makeDump(folder: string): Promise<string> {
  const path = join(folder, 'vPICList_lite_2026_09.plain.zip');
  if (existsSync(path)) return path;
  say('making a dump of NHTSA’s size');
  await runProgram(process.execPath, [join(import.meta.dirname, 'generate-dump.ts'), '--out', path], {
    signal,
  });
  return path;
}

/** The service as its users start it, on a data directory that stays for the next measurement. */
async function startService(dataDir: string, worker: Options['worker']): Promise<string> {
  say('starting the service; the first time it loads the bundled data');
  const env = { DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
  const service = new Service({ ...env, PORT: '0', WORKER: worker === 'own' ? 'off' : 'inline' });
  teardown.add(() => service.stop());
  const url = await service.listening();
  if (worker === 'own') {
    const own = new Service(env, 'server/worker.ts');
    teardown.add(() => own.stop());
    await own.until(() => own.stdout.includes('\n'));
  }
  return url;
}

async function joinDatabase(
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'platformDatabaseUrl'>,
): Promise<string> {
  const databases = await openDatabases({ config, use: 'command', needed: ['platform'], note: say, signal });
  teardown.add(() => databases.stop());
  return databases.url.platform;
}

/** No two alike, so that neither the cache nor the memo has an answer ready. */
async function drawVins(url: string, count: number): Promise<string[]> {
  const pool = createPool({
    url,
    role: 'mvp_platform_owner',
    applicationName: 'mvp-platform-vehicles bench',
  });
  try {
    return new VinLists(await readMakers(pool), Date.now() % 2 ** 31, 'rebuild').new(count, 'light');
  } finally {
    await pool.end();
  }
}

/** `etl run` from a site that breaks the connection three times; its progress goes to standard error. */
async function rebuildOver(dump: string, dataDir: string): Promise<void> {
  const site = await startSite();
  try {
    const body = readFileSync(dump);
    const name = basename(dump);
    site.put(name, body);
    site.fail(name, ...[0.2, 0.5, 0.9].map((part) => ({ cutAfter: Math.round(body.length * part * 0.5) })));
    say('rebuilding');
    const args = ['etl', 'run', '--source', site.url + name, '--force', '--reason', 'measured'];
    const command = new Service({ DATA_DIR: dataDir }, 'server/cli.ts', args);
    command.child.stderr?.pipe(process.stderr, { end: false });
    const code = await command.ended();
    if (code !== 0)
      throw new Failure(`the rebuild ended with exit code ${code}: ${command.lines.at(-1) ?? ''}`);
  } finally {
    await site.close();
  }
}

interface Measured {
  made: Run;
  steps: readonly { step: string; seconds: number }[];
  before: Latencies;
  during: Latencies;
  after: Latencies;
  isCheck: boolean;
}

function report({ made, steps, before, during, after, isCheck }: Measured): void {
  const megabytes = made.peak_memory / 1e6;
  const idle = (before.p99 + after.p99) / 2;
  const slowdown = during.p99 / idle;
  const line = (name: string, { requests, failures, p50, p99, slowest, stalls }: Latencies): string =>
    `  ${name.padEnd(18)}${String(requests).padStart(8)} decodes, ${failures} failed; p50 ${ms(p50)}, p99 ${ms(p99)}, slowest ${ms(slowest)}${stalls > 0 ? ` (measured between ${stalls} stops of this process)` : ''}\n`;
  process.stdout.write(
    `${made.data_version}: ${made.status}, ${made.rows.toLocaleString('en-US')} rows in ${made.seconds.toFixed(0)} s, ${megabytes.toFixed(0)} MB of memory in Node\n` +
      line('before', before) +
      line('while it runs', during) +
      line('after', after) +
      `  p99 while it runs is ${slowdown.toFixed(2)} times that without\n` +
      steps.map(({ step, seconds }) => `  ${seconds.toFixed(1).padStart(8)} s  ${step}\n`).join(''),
  );
  const missed = [
    made.seconds > required.seconds && `more than ${required.seconds} s`,
    megabytes > required.megabytes && `more than ${required.megabytes} MB`,
    slowdown > required.slowdown && `decodes more than ${required.slowdown} times as slow`,
    during.failures > 0 && `${during.failures} decodes failed`,
  ].filter((what) => what !== false);
  for (const what of missed) say(`missed: ${what}`);
  if (isCheck && missed.length > 0) process.exitCode = 1;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function say(line: string): void {
  process.stderr.write(`bench:rebuild: ${line}\n`);
}

const signal = abortOnSignal();
const teardown = new Teardown();
try {
  await Promise.race([run(), aborted(signal)]);
  signal.throwIfAborted();
} catch (error) {
  process.exitCode = 1;
  say(describe(signal.aborted ? signal.reason : error));
}
for (const error of await teardown.run()) say(describe(error));
process.exit();
