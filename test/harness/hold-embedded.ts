/*
 * A process that opens the embedded PostgreSQL and keeps it until it is told to end (or is killed), for tests of
 * what happens between processes: node hold-embedded.ts DATA_DIR server|command
 */

import { openEmbedded } from '../../server/database/embedded.ts';
import { describe } from '../../server/failure.ts';
import { aborted, abortOnSignal } from '../../server/start/signals.ts';

const [dataDir = '', use] = process.argv.slice(2);
const signal = abortOnSignal();
try {
  const database = await openEmbedded({
    dataDir,
    use: use === 'server' ? 'server' : 'command',
    databases: [],
    note: () => undefined,
    signal,
  });
  console.log(database.how);
  await aborted(signal);
  await database.stop();
} catch (error) {
  console.log(signal.aborted ? 'abandoned' : describe(error));
  process.exitCode = 1;
}
