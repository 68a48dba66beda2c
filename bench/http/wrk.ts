import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Failure } from '../../server/failure.ts';
import { runProgram } from '../setup/programs.ts';

const script = fileURLToPath(new URL('load.lua', import.meta.url));

/**
 * Connections kept open. Few: a server is busy, and its own time shows in the latency. Many: there is work for all of it, also for
 * those parts that work while others wait. Most: as many as it takes to find the rate beyond which there is none.
 */
export const connectionCounts = { few: 16, many: 128, most: 512 } as const;

const outcomeSchema = z.object({
  requests: z.number(),
  microseconds: z.number(),
  bytes: z.number(),
  failures: z.number(),
  p50: z.number(),
  p99: z.number(),
  p999: z.number(),
});

/** What one run of wrk found: requests a second, latencies in milliseconds. */
export interface Load {
  rate: number;
  requests: number;
  p50: number;
  p99: number;
  p999: number;
}

/** A VIN of a file for each request. */
export interface VinFile {
  file: string;
  /** How many VINs of the file are passed over. */
  from: number;
  /** Path before the VIN. */
  prefix: string;
  /** No VIN twice, and the end when the file is used up; or again from its start. */
  mode: 'once' | 'again';
}

/**
 * Puts load on a URL for some seconds, or on a path for each VIN of a file, over so many connections.
 * @throws {Failure} when requests failed: their rate would be that of the error page
 */
export async function runWrk(
  program: string,
  url: string,
  seconds: number,
  signal: AbortSignal,
  { connections, vins }: { connections: number; vins?: VinFile },
): Promise<Load> {
  const more = vins === undefined ? [] : ['--', vins.file, String(vins.from), vins.prefix, vins.mode];
  const args = ['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`];
  const output = await runProgram(program, [...args, '--timeout', '10s', '--script', script, url, ...more], {
    signal,
  });
  const line = output.split('\n').find((text) => text.startsWith('{'));
  if (line === undefined) throw new Failure(`wrk said nothing about ${url}: run it by hand`);
  const { requests, microseconds, failures, p50, p99, p999 } = outcomeSchema.parse(JSON.parse(line));
  if (failures > 0) throw new Failure(`${failures} of ${requests} requests to ${url} failed`);
  return {
    rate: requests / (microseconds / 1e6),
    requests,
    p50: p50 / 1000,
    p99: p99 / 1000,
    p999: p999 / 1000,
  };
}
