/** Databases taken away under load, for two seconds each (npm run test:outages does it for longer, and says how soon). */

import test from 'ava';
import { drills as both } from '../outages/both.ts';
import { drills as main } from '../outages/main.ts';
import { drills as platform } from '../outages/platform.ts';
import { OutageScene } from '../outages/scene/drill.ts';

const AWAY_MS = 2_000;

let scene: OutageScene;

test.before(async () => {
  scene = await OutageScene.open();
});

test.after.always(() => scene?.close());

for (const drill of [...platform, ...main, ...both]) {
  test.serial(
    `${drill.away.join(' and ')} away by ${drill.how}: known answers stay, the rest is refused`,
    async (t) => {
      const outcome = await scene.run(drill, AWAY_MS);
      t.deepEqual(outcome.objections, []);
      t.true(outcome.refused > 0 && outcome.stale > 0, JSON.stringify(outcome));
    },
  );
}
