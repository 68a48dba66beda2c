/** Redis taken away under load; npm run test:redis-away does it for longer, and says how soon it is used again. */

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
    const { away, objections } = await scene.run(how, 1_500);
    t.deepEqual(objections, []);
    t.true(away.requests > 50, `${how}: ${away.requests} requests`);
  }
});
