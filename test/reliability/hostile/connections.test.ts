// needs: fixture

import test from 'ava';
import { testServers } from '../../harness/databases.ts';
import { NO_HARM } from '../section.ts';
import { attackConnections } from './connections.ts';

test('slow, endless and malformed requests hold up nobody else', async (t) => {
  const [server] = testServers();
  if (server === undefined) throw new Error('no PostgreSQL');
  const extent = { share: 0.02, seed: 1, say: (line: string) => t.log(line) };
  const { counts, harm, objections } = await attackConnections(server, extent, false);
  t.deepEqual(objections, []);
  t.deepEqual(harm, NO_HARM);
  t.true((counts['odd requests'] ?? 0) >= 80);
});
