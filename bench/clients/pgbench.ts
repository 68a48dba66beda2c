import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../server/failure.ts';
import { runProgram } from '../setup/programs.ts';
import { readBench } from '../setup/sql-file.ts';
import type { Address } from './address.ts';
import { batchSize, type Clients, connections } from './variant.ts';

/** Clients that pgbench plays, with statements that each connection prepares once (-M prepared). */
export function pgbenchClients(
  program: string,
  address: Address,
  folder: string,
  signal: AbortSignal,
): Clients {
  const env = {
    PATH: process.env.PATH,
    PGHOST: address.host,
    PGPORT: String(address.port),
    PGUSER: address.user,
    PGPASSWORD: address.password,
    PGDATABASE: address.database,
    // As the service connects.
    PGOPTIONS: '-c role=mvp_platform_user',
  };
  return async (variant, seconds) => {
    const script = join(folder, 'pgbench.sql');
    const takeBatch = await readBench('clients/take_batch.sql');
    await writeFile(script, renderScript(takeBatch, await readBench(variant.file)));
    const args = [
      '--no-vacuum',
      '--protocol=prepared',
      `--client=${connections}`,
      `--jobs=${connections}`,
      `--define=kind=${variant.kind}`,
      `--define=batches=${variant.batches}`,
    ];
    const output = await runProgram(program, [...args, `--time=${seconds}`, `--file=${script}`], {
      env,
      signal,
    });
    return readRate(output) * batchSize;
  };
}

/** One transaction of pgbench: it takes a batch of VINs, then sends the statement once for each. */
export function renderScript(takeBatch: string, statement: string): string {
  const numbers = Array.from({ length: batchSize }, (_, index) => index + 1);
  const statements = numbers.map((number) => statement.trim().replaceAll(':vin', `:vin${number}`));
  return `${takeBatch}${statements.join('\n')}\n`;
}

/** Transactions a second, from pgbench's report. @throws {Failure} when some failed or there is no such line */
export function readRate(output: string): number {
  const failed = /^number of failed transactions: (\d+)/m.exec(output)?.[1];
  const rate = /^tps = ([\d.]+)/m.exec(output)?.[1];
  if (rate === undefined || (failed !== undefined && failed !== '0')) {
    throw new Failure(
      `pgbench reports ${failed ?? 'no'} failed transactions and ${rate ?? 'no'} rate: run it by hand`,
    );
  }
  return Number(rate);
}
