import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Failure } from '../../server/failure.ts';
import { runProgram } from '../setup/programs.ts';

const script = fileURLToPath(new URL('ndjson-client.ts', import.meta.url));

const outcomeSchema = z.object({
  seconds: z.number(),
  bytes: z.number(),
  answers: z.number(),
  status: z.number(),
});

/**
 * VINs a second of one streamed request.
 * @throws {Failure} when the route does not answer as many lines as it was sent
 */
export async function streamVins(
  url: string,
  file: string,
  count: number,
  signal: AbortSignal,
): Promise<number> {
  const output = await runProgram(process.execPath, [script, url, file], { signal });
  const { seconds, answers, status } = outcomeSchema.parse(JSON.parse(output));
  if (status !== 200) throw new Failure(`POST ${new URL(url).pathname} as NDJSON is answered with ${status}`);
  if (answers !== count) throw new Failure(`POST of ${count} VINs as NDJSON gives ${answers} lines`);
  return count / seconds;
}
