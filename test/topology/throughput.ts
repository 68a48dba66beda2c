/** How many requests three servers answer behind the balancer, and how many one does on the same cores. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { runWrk, type VinFile } from '../../bench/http/wrk.ts';
import { findProgram } from '../../bench/setup/programs.ts';
import type { Site } from './site.ts';

/** Requests a second by who answers: the best of some rounds, since the machine may have other work. */
export interface Throughput {
  readonly what: string;
  readonly direct: number;
  readonly one: number;
  readonly three: number;
}

export interface ThroughputOptions {
  rounds: number;
  seconds: number;
}

const CONNECTIONS = 64;

/** VINs that everybody asks for. */
const HOT = 1_000;

/** More than can be asked for in a second of this machine. */
const COLD_PER_SECOND = 6_000;

const prefix = '/api/vehicles/decode/';

/** Runs in turn, so that what else the machine does meets all of them. */
export async function measureThroughput(
  site: Site,
  folder: string,
  { rounds, seconds }: ThroughputOptions,
): Promise<Throughput[]> {
  const wrk = findProgram('wrk');
  if (wrk === null) throw new Error('wrk is not installed: apt-get install wrk');
  const urls = { direct: site.urlOf(0), one: site.balancer.singleUrl, three: site.balancer.url };
  const ways = Object.keys(urls) as (keyof typeof urls)[];
  const hot = site.questions.vins.slice(0, HOT);
  const hotFile = fileOf(folder, 'hot.txt', hot);
  await warm(site, hot);
  const best = { cached: { direct: 0, one: 0, three: 0 }, uncached: { direct: 0, one: 0, three: 0 } };
  const run = async (
    kind: keyof typeof best,
    way: keyof typeof urls,
    vins: VinFile,
    s: number,
  ): Promise<void> => {
    const { signal } = new AbortController();
    const { rate } = await runWrk(wrk, urls[way], s, signal, { connections: CONNECTIONS, vins });
    best[kind][way] = Math.max(best[kind][way], rate);
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ways)
      await run('cached', way, { file: hotFile, from: 0, prefix, mode: 'again' }, seconds);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ways) {
      const cold = fileOf(folder, `cold-${round}-${way}.txt`, site.questions.unasked(COLD_PER_SECOND));
      await run('uncached', way, { file: cold, from: 0, prefix, mode: 'once' }, seconds);
    }
  }
  return [
    { what: 'cached decodes', ...best.cached },
    { what: 'uncached decodes', ...best.uncached },
  ];
}

function fileOf(folder: string, name: string, vins: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, vins.join('\n'));
  return file;
}

/** Every server has every VIN in its own memory. */
async function warm(site: Site, vins: readonly string[]): Promise<void> {
  for (const [index] of site.servers.entries()) {
    for (const vin of vins) {
      const { body } = await request(`${site.urlOf(index)}${prefix}${vin}`);
      await body.dump();
    }
  }
}
