/** Users' vehicles while PostgreSQL and the server are killed. */

import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../../bench/calibration/random.ts';
import type { Extent, Outcome, Section } from '../section.ts';
import { VehicleScene, type Victim } from './vehicles/scene.ts';

/** Of the full run; so many of each kind of victim. */
const KILLS = 36;
const USERS = 24;
const VICTIMS: readonly Victim[] = ['PostgreSQL', 'server', 'both'];

/** Between two kills users have to get some work done, else nothing would be at stake. */
const WRITES_BETWEEN = 60;

/** A kill comes at any moment of what is under way. */
const MOMENT_MS = 250;

async function run({ share, seed, say }: Extent): Promise<Outcome> {
  const random = createRandom(seed, 'kills of vehicles');
  const kills = Math.max(VICTIMS.length, Math.round(KILLS * share));
  const users = Math.max(4, Math.round(USERS * Math.sqrt(share)));
  const scene = await VehicleScene.open(users, seed);
  const rows: Outcome['rows'][number][] = [];
  try {
    for (const victim of VICTIMS) {
      const mine = Math.ceil((kills - VICTIMS.indexOf(victim)) / VICTIMS.length);
      const before = { ...scene.counts };
      for (let kill = 1; kill <= mine; kill += 1) {
        scene.begin();
        await scene.acknowledged(WRITES_BETWEEN);
        await sleep(random.below(MOMENT_MS));
        await scene.kill(victim);
        await scene.acknowledged(1);
        await scene.verify();
        say(`vehicles: ${victim} killed ${kill} of ${mine} times, ${scene.counts.writes} writes`);
      }
      const { counts } = scene;
      rows.push({
        killed: victim,
        times: mine,
        'acknowledged writes': counts.writes - before.writes,
        'cut off': counts.unanswered - before.unanswered,
        'refused (503)': counts.refused - before.refused,
        lost: counts.lost - before.lost,
        wrong: counts.wrong - before.wrong,
      });
    }
    const { wrong, lost, unexpected5xx, hangs, ...done } = scene.counts;
    return {
      counts: { kills, users, vehicles: scene.vehicles, doubtful: scene.doubtful, ...done },
      harm: { wrong, lost, unexpected5xx, crashes: scene.crashes, hangs },
      rows,
      objections: scene.objections.slice(0, 20),
    };
  } finally {
    await scene.close();
  }
}

/** `npm run test:reliability -- --only vehicles` */
export const vehicleKills: Section = {
  name: 'vehicles',
  title: "Users' vehicles under kill -9",
  about:
    'Many users make, change, delete and list their vehicles at once while PostgreSQL (fsync on), the server or both are killed with SIGKILL and ' +
    'started again. After each kill every row is held against what its user was told: what was acknowledged is there, what nobody answered for is ' +
    "there whole or not at all, and nobody sees, changes or deletes another's.",
  run,
};
