/*
 * npm run fuzz -- [--count 1000000] [--seed 1]: random texts into the decode functions of a running platform database.
 * Nothing may raise, and odd input may not take longer than plain VINs do: the table tells both.
 */
import { parseArgs } from 'node:util';
import { readConfig } from '../../server/config.ts';
import { openDatabases } from '../../server/database/databases.ts';
import { createPool } from '../../server/database/pool.ts';
import { describe } from '../../server/failure.ts';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
const note = (line: string) => process.stderr.write(`${line}\n`);

try {
  const config = readConfig();
  const databases = await openDatabases({
    config,
    use: 'command',
    needed: ['platform'],
    note,
    signal: stop.signal,
  });
  try {
    const pool = createPool({
      url: databases.url.platform,
      role: 'mvp_platform_user',
      applicationName: 'fuzz',
      max: 1,
    });
    try {
      const report = await fuzz(pool, {
        count: Number(values.count),
        seed: Number(values.seed),
        signal: stop.signal,
      });
      console.table(report.kinds);
      for (const { text, code, message } of report.raised) note(`raised ${code}: ${message} for ${text}`);
      if (report.raised.length > 0) process.exitCode = 1;
    } finally {
      await pool.end();
    }
  } finally {
    await databases.stop();
  }
} catch (error) {
  note(describe(error));
  process.exitCode = 1;
}
process.exit();
