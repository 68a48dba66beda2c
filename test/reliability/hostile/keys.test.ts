import test from 'ava';
import { testServers } from '../../harness/databases.ts';
import { NO_HARM } from '../section.ts';
import { compileOddKeys } from './keys.ts';

test('pattern keys without sense or end cost themselves only, and no text is too odd to be decoded', async (t) => {
  const [server] = testServers();
  if (server === undefined) throw new Error('no PostgreSQL');
  const extent = { share: 0.01, seed: 1, say: (line: string) => t.log(line) };
  const { counts, harm, objections } = await compileOddKeys(server, extent);
  t.deepEqual(objections, []);
  t.deepEqual(harm, NO_HARM);
  t.is(counts.keys, 200);
});
