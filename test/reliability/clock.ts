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

/** It looks at its clock's file so often. */
const SEEN_MS = 1_500;

/** In the order in which they come; clients' tokens are good for twelve hours, by a clock that is right. */
const JUMPS = ['+0', '+1h', '+0', '-1h', '+0', '-40d', '+0', '+11h', '-11h', '+0'] as const;

/** Beyond every token: whoever comes with one is told that it has expired, and everybody else is served. */
const FAR = ['+400d', '+0'] as const;

export const clock: Section = {
  name: 'clock',
  title: 'A clock that jumps',
  about:
    "The server's clock (libfaketime) jumps hours and days ahead and back while everything is asked as in the soak: every answer stays right, lists of vehicles follow their changes, and nobody is " +
    'turned away. 400 days ahead, past the turn of a year, tokens have expired, which is what their users are told; everybody else is served, and so are they once the clock is right again.',
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
  /** By the header of an answer. */
  const offBySeconds = async (): Promise<number> => {
    const { headers } = await fetch(`${stage.service.url}/health/live`);
    return Math.round((Date.parse(headers.get('date') ?? '') - Date.now()) / 1_000);
  };
  const phase = async (offset: string): Promise<void> => {
    const tally = new Tally();
    client.tally = tally;
    set(offset);
    const asking = askPaced({ perSecond: PER_SECOND, ms: ms + SEEN_MS, open: OPEN }, (due) =>
      scene.mix.ask(due),
    );
    await sleep(SEEN_MS + 1_000);
    const off = await offBySeconds();
    if (Math.abs(off - secondsOf(offset)) > 60)
      objections.push(`the clock was to be off by ${offset}, and is by ${off} s`);
    await asking;
    scene.tally.addAll(tally);
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

  set(FAR[0]);
  while ((await offBySeconds()) < secondsOf(FAR[0]) / 2) await sleep(100);
  client.tally = new Tally();
  const expired = await scene.owners.statusOfList();
  if (expired !== 401) objections.push(`a token that has expired gets ${expired}`);
  const far = new Tally();
  client.tally = far;
  for (const path of scene.knowledge.paths) {
    await client.ask({ path, check: ({ status }) => (status === 200 ? null : 'not 200') });
  }
  scene.tally.addAll(far);
  await phase(FAR[1]);
  client.tally = scene.tally;
  await scene.verify();
  return scene.outcome(rows, { 'jumps of the clock': JUMPS.length + FAR.length - 1 }, objections);
}

function secondsOf(offset: string): number {
  const [, sign, number, unit] = /^([+-])(\d+)([hd]?)$/.exec(offset) ?? [];
  const seconds = Number(number) * (unit === 'h' ? 3_600 : unit === 'd' ? 86_400 : 1);
  return sign === '-' ? -seconds : seconds;
}
