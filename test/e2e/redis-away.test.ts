/** Redis taken away under load; npm run test:redis-away does it for longer. */

import ava from 'ava';
import { hasRedis } from '../harness/redis.ts';
import { type How, RedisScene } from '../outages/redis.ts';

const test = hasRedis() ? ava : ava.skip;

test('Redis killed and frozen while clients ask: no request fails or hangs, and it is used again', async (t) => {
  const scene = await RedisScene.open();
  t.teardown(() => scene.close());
  for (const how of ['kill', 'freeze'] satisfies How[]) {
    const { away, backMs, objections } = await scene.run(how, 1_500);
    t.deepEqual(objections, []);
    t.true(away.requests > 50, `${how}: ${away.requests} requests`);
    t.true(away.slowestMs < 5_000, `${how}: the slowest took ${away.slowestMs} ms`);
    t.true(backMs < 5_000, `${how}: used again after ${backMs} ms`);
  }
});
