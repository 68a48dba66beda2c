import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runProgram } from '../setup/programs.ts';
import { pinned } from './pin.ts';

const script = fileURLToPath(new URL('sql-bulk.ts', import.meta.url));

const outcomeSchema = z.object({
  /** With a client that reads every answer. */
  seconds: z.number(),
  bytes: z.number(),
  /** Seconds of the backend alone. */
  alone: z.number(),
  isPinned: z.boolean(),
});

/**
 * Decodes the VINs of a file in one statement, once within the backend and once read by a client process of its own; client and
 * backend on one core.
 */
export async function decodeInBulk(
  url: string,
  file: string,
  core: number | null,
  signal: AbortSignal,
): Promise<z.output<typeof outcomeSchema>> {
  const [program, ...args] = pinned(core, [
    process.execPath,
    script,
    file,
    ...(core === null ? [] : [String(core)]),
  ]);
  const output = await runProgram(program, args, { env: { ...process.env, BENCH_URL: url }, signal });
  return outcomeSchema.parse(JSON.parse(output));
}
