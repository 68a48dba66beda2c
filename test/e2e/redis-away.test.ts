/** Redis taken away under load; npm run test:redis-away does it for longer. */

// needs: fixture

import ava from 'ava';
import { testServers } from '../harness/databases.ts';
import { hasRedis } from '../harness/redis.ts';
import { type How, RedisScene } from '../outages/redis.ts';

const test = hasRedis() ? ava : ava.skip;

const [newest] = testServers();

test('Redis killed and frozen while clients ask: no request fails or hangs, and it is used again', async (t) => {
  if (newest?.fixture == null) throw new Error('the fixture is not prepared');
  const scene = await RedisScene.open({ fixture: newest.fixture, app: newest.app });
  t.teardown(() => scene.close());
  for (const how of ['kill', 'freeze'] satisfies How[]) {
    const { away, backMs, objections } = await scene.run(how, 1_500);
    t.deepEqual(objections, []);
    t.true(away.requests > 50, `${how}: ${away.requests} requests`);
    t.true(away.slowestMs < 5_000, `${how}: the slowest took ${away.slowestMs} ms`);
    t.true(backMs < 5_000, `${how}: used again after ${backMs} ms`);
  }
});
