import test from 'ava';
import { testServers } from '../../harness/databases.ts';
import { NO_HARM } from '../section.ts';
import { loadBrokenDumps } from './dumps.ts';

test('a broken dump is refused in a line or loaded as what it says, and nothing of it is executed', async (t) => {
  const [server] = testServers();
  if (server === undefined) throw new Error('no PostgreSQL');
  const extent = { share: 0.01, seed: 1, say: (line: string) => t.log(line) };
  const { counts, harm, objections } = await loadBrokenDumps(server, extent);
  t.deepEqual(objections, []);
  t.deepEqual(harm, NO_HARM);
  t.true((counts['files read'] ?? 0) >= 120);
});
