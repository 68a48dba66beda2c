/*
 * npm test: types, SQL (pgTAP) and TypeScript (ava, end to end included) against real PostgreSQL servers that
 * are made for the run: the embedded 18, and Debian's 15 where it is installed.
 *
 *   npm test                                   everything
 *   npm test -- --sql functions/vin            only the pgTAP files below a path
 *   npm test -- --ava server/vin.test.ts       only ava's files below a path
 *   npm test -- --pg 18                        only one PostgreSQL version
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { projectRoot } from '../server/config.ts';
import { describe } from '../server/failure.ts';
import { findAvaTests, needsOf, runAvaTests } from './harness/ava-tests.ts';
import { chromium } from './harness/chromium.ts';
import type { TestServer } from './harness/databases.ts';
import { type Needs, prepare } from './harness/prepare.ts';
import { hasRedis } from './harness/redis.ts';
import { hasDebian15, type RunningServer, startDebian15, startEmbedded18 } from './harness/servers.ts';
import { findSqlTests, runSqlTest, type SqlTest } from './harness/sql-tests.ts';
import { Tally } from './harness/tally.ts';

const { values: filters } = parseArgs({
  options: { sql: { type: 'string' }, ava: { type: 'string' }, pg: { type: 'string' } },
});
const isFiltered = filters.sql !== undefined || filters.ava !== undefined;

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

const running: RunningServer[] = [];
const tally = new Tally((line) => console.log(line));
try {
  await run();
} catch (error) {
  if (!stop.signal.aborted)
    tally.fail('the test run', [error instanceof Error ? (error.stack ?? error.message) : describe(error)]);
} finally {
  await Promise.allSettled(running.map((server) => server.stop()));
}
if (stop.signal.aborted) {
  console.log('interrupted');
  process.exit(130);
}
if (tally.skipped > 0) console.log(`${tally.skipped} skipped`);
console.log(tally.summary);
process.exit(tally.isGood ? 0 : 1);

async function run(): Promise<void> {
  const sqlTests = isFiltered && filters.sql === undefined ? [] : findSqlTests(filters.sql);
  const avaTests = isFiltered && filters.ava === undefined ? [] : findAvaTests(filters.ava);
  if (!isFiltered) checkTypes();
  if (avaTests.length > 0 && chromium === undefined)
    console.log('Chromium is not installed: the tests that drive the page are left out');
  const avaNeeds = needsOf(avaTests);
  const needs: Needs = {
    data: avaNeeds.data || sqlTests.some((test) => test.needs === 'data'),
    fixture: avaNeeds.fixture || sqlTests.some((test) => test.needs === 'fixture'),
  };
  const servers = await prepareAll(needs);
  stop.signal.throwIfAborted();
  if (sqlTests.length > 0) await runSqlTests(sqlTests, servers);
  if (avaTests.length > 0 && !hasRedis())
    console.log('redis-server is not installed: its tests are left out');
  if (avaTests.length > 0) await runAvaTests(avaTests, servers, tally, stop.signal);
}

/** Side by side: a load keeps one core busy. */
async function prepareAll(needs: Needs): Promise<TestServer[]> {
  const outcomes = await Promise.allSettled(
    wantedVersions().map(async ({ version, start }) => {
      const server = await start(stop.signal).catch((error: unknown) => {
        throw new Error(`PostgreSQL ${version} did not start, so no test of it ran: ${describe(error)}`, {
          cause: error,
        });
      });
      running.push(server);
      return prepare(server, needs, (line) => console.error(line), stop.signal);
    }),
  );
  // Only when all have come to an end: what is still starting would be left behind.
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

interface Version {
  version: string;
  isThere: boolean;
  start: (signal: AbortSignal) => Promise<RunningServer>;
}

function wantedVersions(): Version[] {
  const versions: Version[] = [
    { version: '18', isThere: true, start: startEmbedded18 },
    { version: '15', isThere: hasDebian15(), start: startDebian15 },
  ];
  for (const { version, isThere } of versions) {
    if (!isThere) console.log(`PostgreSQL ${version} is not installed: its tests are left out`);
  }
  return versions.filter(
    ({ version, isThere }) => isThere && (filters.pg === undefined || filters.pg === version),
  );
}

function checkTypes(): void {
  const tsc = fileURLToPath(new URL('../node_modules/.bin/tsc', import.meta.url));
  // The page runs in a browser and is checked as such.
  for (const project of ['.', 'server/page/client']) {
    const checked = spawnSync(tsc, ['--noEmit', '-p', project], { cwd: projectRoot, encoding: 'utf8' });
    if (checked.status !== 0)
      tally.fail(`types (tsc -p ${project})`, [checked.stdout || String(checked.error)]);
  }
}

async function runSqlTests(sqlTests: SqlTest[], servers: TestServer[]): Promise<void> {
  await Promise.all(
    servers.map(async (server) => {
      const own = new Tally((line) => console.log(line));
      for (const test of sqlTests) {
        stop.signal.throwIfAborted();
        await runSqlTest(test, server, own);
      }
      tally.merge(own);
      console.log(`PostgreSQL ${server.version}: ${own.passed} assertions in ${sqlTests.length} SQL files`);
    }),
  );
}
