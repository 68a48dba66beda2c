/*
 * A client that decodes VINs in bulk and reads every answer: node sql-bulk.ts <file, a VIN a line> [core]. The database
 * is BENCH_URL. It prints one line of JSON.
 */
import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { query, readBench, withClient } from '../setup/sql-file.ts';
import { pinProcess } from './pin.ts';

const [file = '', core] = process.argv.slice(2);

async function decodeAll(
  client: pg.Client,
  vins: readonly string[],
): Promise<{ seconds: number; bytes: number }> {
  const fetch = await readBench('peer/fetch_answers.sql');
  const begun = performance.now();
  await client.query(await readBench('peer/begin_bulk.sql'));
  await query(client, 'peer/declare_answers.sql', [vins]);
  let answers = 0;
  let bytes = 0;
  for (;;) {
    const { rows } = await client.query<[string]>({ text: fetch, rowMode: 'array' });
    if (rows.length === 0) break;
    answers += rows.length;
    for (const [answer] of rows) bytes += answer.length;
  }
  await client.query(await readBench('peer/end_bulk.sql'));
  if (answers !== vins.length) throw new Error(`${answers} answers to ${vins.length} VINs`);
  return { seconds: (performance.now() - begun) / 1000, bytes };
}

/** The backend alone: it makes every answer and looks at it, and sends their count. @returns seconds */
async function decodeWithin(client: pg.Client, vins: readonly string[]): Promise<number> {
  const begun = performance.now();
  await client.query(await readBench('peer/begin_bulk.sql'));
  const [counted] = await query<{ answers: number }>(client, 'peer/count_answers.sql', [vins]);
  await client.query(await readBench('peer/end_bulk.sql'));
  if (counted?.answers !== vins.length) throw new Error(`${counted?.answers} answers to ${vins.length} VINs`);
  return (performance.now() - begun) / 1000;
}

const outcome = await withClient(process.env.BENCH_URL ?? '', async (client) => {
  const [backend] = await query<{ pid: number }>(client, 'peer/backend_pid.sql');
  const isPinned = core !== undefined && backend !== undefined && pinProcess(backend.pid, Number(core));
  const vins = (await readFile(file, 'utf8')).split('\n');
  // What a process does once: functions compiled, catalogs read.
  await decodeAll(client, vins.slice(0, 500));
  const alone = await decodeWithin(client, vins);
  return { ...(await decodeAll(client, vins)), alone, isPinned };
});
console.log(JSON.stringify(outcome));
