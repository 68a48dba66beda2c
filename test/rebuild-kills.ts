/*
 * npm run test:rebuild-kills [-- --kills 50] [-- --seed 1]: kills the worker and PostgreSQL at random moments of a
 * rebuild, half of the times each, on every PostgreSQL that is there. Not part of npm test: it takes minutes.
 */
import { parseArgs } from 'node:util';
import { type Killed, KillScene } from '../etl/testing/kills.ts';
import { hasDebian15, startDebian15, startEmbedded18 } from './harness/servers.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now()) },
  },
});
const kills = Number(values.kills);
/** A few kills come when the run is over, on purpose. */
const LATEST = 1.1;

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

console.log(`seed ${values.seed}`);
const next = random(Number(values.seed));
const starts = [startEmbedded18, ...(hasDebian15() ? [startDebian15] : [])];
for (const [index, start] of starts.entries()) {
  const server = await start();
  const scene = await KillScene.open(server);
  const outcomes: Killed[] = [];
  const share = Math.ceil((kills - index) / starts.length);
  try {
    for (let n = 0; n < share; n++) {
      const killed = await scene.kill(n % 2 === 0 ? 'worker' : 'postgres', next() * LATEST);
      outcomes.push(killed);
      const { victim, delayMs, status, step, recoveredMs } = killed;
      console.log(
        `PostgreSQL ${server.major}: ${victim} killed after ${delayMs} ms (${status}${step && `, ${step}`}); published again after ${recoveredMs} ms`,
      );
    }
  } finally {
    scene.close();
    await server.stop();
  }
  const during = outcomes.filter(({ status }) => status !== 'published').length;
  const slowest = Math.max(...outcomes.map(({ recoveredMs }) => recoveredMs));
  console.log(
    `PostgreSQL ${server.major}: ${outcomes.length} kills, ${during} of them in the middle of a run; every time the release stayed, nothing was left over and the next run published, after ${slowest} ms at most`,
  );
}
