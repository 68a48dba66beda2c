/** A server whose clock jumps. */

import { existsSync, globSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../harness/servers.ts';
import { askPaced } from './scene/pace.ts';
import { Scene } from './scene/scene.ts';
import { Tally } from './scene/tally.ts';
import type { Extent, Outcome, Section } from './section.ts';

/** Where Debian's package libfaketime puts what answers for the clock. */
const LIBRARY = globSync('/usr/lib/*/faketime/libfaketime.so.1')[0] ?? '/usr/lib/faketime/libfaketime.so.1';

const LASTS_MS = 30_000;
const LEAST_MS = 3_000;
const PER_SECOND = 60;
const OPEN = 200;

/** In the order in which they come, with the turn of a year. */
const JUMPS = ['+0', '+1h', '+0', '-1h', '+0', '+11h', '+0', '-40d', '+0', '+400d', '+0'] as const;

/** Clients' tokens are good for so long from now on, by a clock that is right; before they were issued they are good for nobody. */
const TOKENS_SECONDS = 12 * 3_600;

export const clock: Section = {
  name: 'clock',
  title: 'A clock that jumps',
  about:
    "The server's clock (libfaketime) jumps hours and days ahead and back, once past the turn of a year, while everything is asked as in the soak: every answer stays right, lists of vehicles " +
    'follow their changes, and nobody is turned away. By a clock that is before a token was issued, or after it has expired, its user is told so with 401, and served again once the clock is right.',
  run: async (extent) => {
    if (!existsSync(LIBRARY)) throw new Error('it needs libfaketime: apt-get install libfaketime');
    const folder = temporaryFolder();
    const file = join(folder, 'clock');
    writeFileSync(file, '+0\n');
    const env = {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      // Time that passes is not the time of day: no clock that is set makes it run otherwise.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      // Its rebuilds would be due.
      WORKER: 'off',
    };
    try {
      const scene = await Scene.open({ name: 'clock', extent, connections: OPEN, env });
      try {
        return await run(scene, extent, (offset) => writeFileSync(file, `${offset}\n`));
      } finally {
        await scene.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function run(scene: Scene, { share, say }: Extent, set: (offset: string) => void): Promise<Outcome> {
  const { stage, client } = scene;
  const ms = Math.max(LEAST_MS, LASTS_MS * share);
  const rows: Record<string, string | number>[] = [];
  const objections: string[] = [];
  /** Who needs no token. */
  const strangers = scene.mix.without('owner');
  /** By the header of an answer. */
  const offBySeconds = async (): Promise<number> => {
    const { headers } = await fetch(`${stage.service.url}/health/live`);
    return Math.round((Date.parse(headers.get('date') ?? '') - Date.now()) / 1_000);
  };
  const phase = async (offset: string): Promise<void> => {
    const tally = new Tally();
    client.tally = tally;
    set(offset);
    const seconds = secondsOf(offset);
    while (Math.abs((await offBySeconds()) - seconds) > 60) await sleep(50);
    const areGood = seconds >= 0 && seconds < TOKENS_SECONDS;
    const mix = areGood ? scene.mix : strangers;
    await askPaced({ perSecond: PER_SECOND, ms, open: OPEN }, (due) => mix.ask(due));
    scene.tally.addAll(tally);
    if (!areGood) {
      client.tally = new Tally();
      const status = await scene.owners.statusOfList();
      if (status !== 401) objections.push(`at ${offset} a token gets ${status}`);
    }
    say(`${offset}: ${tally.requests} requests, ${tally.of('refused')} refused`);
    rows.push({
      clock: offset,
      requests: tally.requests,
      right: tally.of('right'),
      stale: tally.of('stale'),
      refused: tally.of('refused'),
      'p99 ms': tally.percentile(99),
    });
    if (tally.of('refused') > 0) objections.push(`${tally.of('refused')} were refused at ${offset}`);
  };
  for (const offset of JUMPS) await phase(offset);
  client.tally = scene.tally;
  await scene.verify();
  return scene.outcome(rows, { 'jumps of the clock': JUMPS.length - 1 }, objections);
}

function secondsOf(offset: string): number {
  const [, sign, number, unit] = /^([+-])(\d+)([hd]?)$/.exec(offset) ?? [];
  const seconds = Number(number) * (unit === 'h' ? 3_600 : unit === 'd' ? 86_400 : 1);
  return sign === '-' ? -seconds : seconds;
}
