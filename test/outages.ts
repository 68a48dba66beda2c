/*
 * npm run test:outages [-- --seconds 10] [-- --rounds 2]: takes databases away from the service while clients ask, by killing them and
 * by a line that goes silent, and gives them back. What was asked before has to be answered all the while, the rest has to be refused
 * within a second (two when the line is silent), and everything has to be as before within five seconds. npm test does the same for shorter (test/e2e/outages.test.ts).
 */
import { parseArgs } from 'node:util';
import { drills as both } from './outages/both.ts';
import { drills as main } from './outages/main.ts';
import { drills as platform } from './outages/platform.ts';
import { type Drill, OutageScene, type Outcome } from './outages/scene/drill.ts';

/** A client that is told to come back should not have waited for that; that a line is silent takes longer to know. */
const REFUSED_WITHIN_MS = { kill: 1_000, silence: 2_000 } as const;
const BACK_WITHIN_MS = 5_000;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, rounds: { type: 'string', default: '2' } },
});

function failuresOf({ how }: Drill, { objections, slowestMs, backMs }: Outcome): string[] {
  const failures = [...new Set(objections)].slice(0, 10);
  if (slowestMs > REFUSED_WITHIN_MS[how]) failures.push(`a refusal took ${slowestMs} ms`);
  if (backMs > BACK_WITHIN_MS) failures.push(`normal only after ${backMs} ms`);
  return failures;
}

const scene = await OutageScene.open();
try {
  console.log(
    '| away | how | requests | HIT | STALE | answered | 503 | p99 of 503 | slowest 503 | normal again after |',
  );
  console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const drill of [...platform, ...main, ...both]) {
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const outcome = await scene.run(drill, Number(values.seconds) * 1_000);
      const { requests, hits, stale, made, refused, p99Ms, slowestMs, backMs } = outcome;
      const counts = [requests, hits, stale, made, refused].map((count) => count.toLocaleString('en-US'));
      const times = [p99Ms, slowestMs, backMs].map((ms) => `${ms} ms`);
      console.log(`| ${[drill.away.join(', '), drill.how, ...counts, ...times].join(' | ')} |`);
      for (const failure of failuresOf(drill, outcome)) {
        console.log(`  ${failure}`);
        process.exitCode = 1;
      }
    }
  }
} finally {
  await scene.close();
}
