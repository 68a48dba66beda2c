/*
 * npm run test:redis-away [-- --seconds 10] [-- --rounds 2]: kills and freezes Redis while sixteen clients ask the service, and gives it
 * back. No request may fail or hang, and Redis has to be used again within five seconds. npm test does the same for shorter
 * (test/e2e/redis-away.test.ts).
 */
import { parseArgs } from 'node:util';
import { prepare } from './harness/prepare.ts';
import { startEmbedded18 } from './harness/servers.ts';
import { type Phase, RedisScene } from './outages/redis.ts';

const BACK_WITHIN_MS = 5_000;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, rounds: { type: 'string', default: '2' } },
});
const awayMs = Number(values.seconds) * 1_000;

const columns = ({ requests, p50Ms, p99Ms, slowestMs }: Phase): string =>
  `${Math.round(requests / (awayMs / 1_000))} / ${p50Ms} / ${p99Ms} / ${slowestMs}`;

const postgres = await startEmbedded18();
const needs = { fixture: true, data: false };
const { fixture, app } = await prepare(postgres, needs, () => undefined, new AbortController().signal);
const scene = await RedisScene.open({ fixture: fixture ?? '', app });
try {
  await scene.warm();
  console.log('each: requests a second / p50 / p99 / slowest in ms');
  console.log('| how | before | away | after | used again after | failed |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const how of ['kill', 'freeze'] as const) {
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const { before, away, after, backMs, objections } = await scene.run(how, awayMs);
      const phases = [before, away, after].map(columns);
      console.log(`| ${[how, ...phases, `${backMs} ms`, objections.length].join(' | ')} |`);
      for (const objection of objections.slice(0, 10)) console.log(`  ${objection}`);
      if (objections.length > 0 || backMs > BACK_WITHIN_MS) process.exitCode = 1;
    }
  }
} finally {
  await scene.close();
  await postgres.stop();
}
