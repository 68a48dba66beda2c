/*
 * npm run test:topology [-- --only publish,failover] [-- --rate 200] [-- --out results.json] [-- --write]: three servers behind a balancer, two
 * workers, a PostgreSQL primary with two standbys and a Redis Cluster of three masters, all of it real processes on this machine. One part
 * after the other is killed, restarted or replaced while clients ask who know what is right. Needs haproxy, redis-server, wrk and
 * Debian's postgresql-15. `--write` puts the results into docs/SCALING.md;
 * `--every 20` uses the patterns of every twentieth schema alone, so that rebuilds take seconds.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../server/config.ts';
import { Teardown } from '../server/start/teardown.ts';
import { hasRedis } from './harness/redis.ts';
import { hasDebian15, temporaryFolder } from './harness/servers.ts';
import { hasHaproxy } from './topology/balancer.ts';
import { machine, type Results, render, type StepResult, withResults } from './topology/report.ts';
import { Site } from './topology/site.ts';
import { failover } from './topology/steps/failover.ts';
import { rolling, server, worker } from './topology/steps/processes.ts';
import { publish } from './topology/steps/publish.ts';
import { redis } from './topology/steps/redis.ts';
import { away, standby } from './topology/steps/standby.ts';
import type { Step } from './topology/steps/step.ts';
import { measureThroughput, type Throughput } from './topology/throughput.ts';

/** In the order in which they are run; the failover comes last, since it moves the primary. */
const STEPS: readonly Step[] = [publish, standby, away, server, rolling, redis, worker, failover];

const DOCUMENT = join(projectRoot, 'docs/SCALING.md');

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rate: { type: 'string', default: '200' },
    every: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    out: { type: 'string', default: join(temporaryFolder(), 'topology.json') },
    write: { type: 'boolean', default: false },
  },
});

const begun = performance.now();
function say(line: string): void {
  console.error(`${((performance.now() - begun) / 1_000).toFixed(1).padStart(7)} s  ${line}`);
}

function refuseWithout(isThere: boolean, what: string): void {
  if (!isThere) throw new Error(`${what} is not installed: apt-get install ${what}`);
}

function isWanted(name: string): boolean {
  return values.only === undefined || values.only.split(',').includes(name);
}

refuseWithout(hasHaproxy(), 'haproxy');
refuseWithout(hasRedis(), 'redis-server');
refuseWithout(hasDebian15(), 'postgresql-15');

const out = resolve(values.out);
mkdirSync(dirname(out), { recursive: true });
const [rate, every] = [Number(values.rate), Number(values.every)];
const teardown = new Teardown();
async function end(): Promise<void> {
  for (const error of await teardown.run()) say(String(error));
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // What was started are sessions of their own: nobody else ends them.
  process.once(signal, () => void end().finally(() => process.exit(130)));
}
const steps: StepResult[] = [];
let throughput: Throughput[] = [];

/** Nothing of what steps found is lost when a later one fails. */
function keep(): Results {
  const results = {
    measuredAt: new Date().toISOString(),
    machine: machine(),
    rate,
    every,
    throughput,
    steps,
  };
  writeFileSync(out, `${JSON.stringify(results, null, 2)}\n`);
  return results;
}

try {
  const site = await Site.open({ rate, every, say, teardown });
  for (const step of STEPS.filter(({ name }) => isWanted(name))) {
    say(step.title);
    const outcome = await step.run(site);
    steps.push({ name: step.name, title: step.title, expected: step.expected ?? {}, ...outcome });
    for (const objection of outcome.objections) {
      say(`  ${objection}`);
      process.exitCode = 1;
    }
    // What servers and workers had to say, for whoever looks into an objection.
    for (const [index, { service }] of [...site.servers, ...site.workers].entries()) {
      writeFileSync(`${out}.${index + 1}.log`, service.stderr);
    }
    keep();
  }
  if (isWanted('throughput')) {
    say('throughput');
    const options = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
    throughput = await measureThroughput(site, dirname(out), options);
  }
} finally {
  await end();
}
const text = render(keep());
console.log(text);
say(`results in ${out}`);
if (values.write) writeFileSync(DOCUMENT, withResults(readFileSync(DOCUMENT, 'utf8'), text));
