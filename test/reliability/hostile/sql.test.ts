// needs: fixture

import test from 'ava';
import { testServers } from '../../harness/databases.ts';
import { NO_HARM } from '../section.ts';
import { injectSql } from './sql.ts';

test('SQL in any text stays a text', async (t) => {
  const server = testServers().find(({ version }) => version === '18');
  // Where the other ones write their log is not known.
  if (server === undefined) {
    t.pass();
    return;
  }
  const extent = { share: 0.005, seed: 1, say: (line: string) => t.log(line) };
  const { counts, harm, objections } = await injectSql(server, extent);
  t.deepEqual(objections, []);
  t.deepEqual(harm, NO_HARM);
  t.true((counts.requests ?? 0) > 200);
});
