// needs: fixture

import test from 'ava';
import { testServers } from '../../harness/databases.ts';
import { NO_HARM } from '../section.ts';
import { askOddly } from './routes.ts';

test('requests drawn from the OpenAPI document do no harm', async (t) => {
  const [server] = testServers();
  if (server === undefined) throw new Error('no PostgreSQL');
  const { counts, harm, objections } = await askOddly(server, {
    share: 0.004,
    seed: 1,
    say: (line) => t.log(line),
  });
  t.deepEqual(objections, []);
  t.deepEqual(harm, NO_HARM);
  t.true((counts.requests ?? 0) > 200);
});
