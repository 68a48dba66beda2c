// needs: fixture

import test from 'ava';
import { testServers } from '../../harness/databases.ts';
import { NO_HARM } from '../section.ts';
import { askForTooMuch } from './graphql.ts';

test('greedy GraphQL requests are refused, and the next one is answered', async (t) => {
  const [server] = testServers();
  if (server === undefined) throw new Error('no PostgreSQL');
  const extent = { share: 0.01, seed: 1, say: (line: string) => t.log(line) };
  const { counts, harm, objections } = await askForTooMuch(server, extent);
  t.deepEqual(objections, []);
  t.deepEqual(harm, NO_HARM);
  t.true((counts.requests ?? 0) > 100);
});
