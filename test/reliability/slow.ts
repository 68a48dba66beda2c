/** Long and narrow lines: to the databases, to Redis, and to clients. */

import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Slowness } from '../harness/cable.ts';
import { kindOf, siblingOf } from './scene/knowledge.ts';
import { askPaced } from './scene/pace.ts';
import { Scene } from './scene/scene.ts';
import { Tally } from './scene/tally.ts';
import { lookAt } from './scene/vitals.ts';
import type { Extent, Outcome, Section } from './section.ts';

const LASTS_MS = 30_000;
const LEAST_MS = 3_000;
const PER_SECOND = 60;
const OPEN = 400;

/** Like another continent, and like a line that is used up. */
const LONG: Slowness = { delayMs: 100 };
const NARROW: Slowness = { delayMs: 20, bytesPerSecond: 20_000 };

/** Clients that take their answer a little at a time, and what they ask for: some 20 MB each, had they taken it at once. */
const READERS = 20;
const LINES = 10_000;

/** A stream waits for its reader: what is held for it is two lists, as texts and as bytes, and what the collector has not looked at yet. */
const HELD_MB = READERS * 10;

const BACK_MS = 30_000;

export const slow: Section = {
  name: 'slow',
  title: 'Slow lines',
  about:
    'The lines to the platform database, the main database and Redis become long (0.1 s from end to end) and narrow (20 kB a second and connection), one after the other, with everything asked as in the ' +
    'soak. Then clients ask for long lists and hardly read: the others do not notice, and the server holds no more than some buffers for them. Shown: right, stale or a ' +
    'documented refusal, never a hang, and everything as before at the end.',
  run: async (extent) => {
    const scene = await Scene.open({ name: 'slow', extent, connections: OPEN });
    try {
      return await run(scene, extent);
    } finally {
      await scene.close();
    }
  },
};

async function run(scene: Scene, { share, say }: Extent): Promise<Outcome> {
  const { stage, client } = scene;
  const ms = Math.max(LEAST_MS, LASTS_MS * share);
  const rows: Record<string, string | number>[] = [];
  const phase = async (line: string, lasts = ms): Promise<Tally> => {
    const tally = new Tally();
    client.tally = tally;
    await askPaced({ perSecond: PER_SECOND, ms: lasts, open: OPEN }, (due) => scene.mix.ask(due));
    scene.tally.addAll(tally);
    say(
      `${line}: ${tally.requests} requests, p99 ${tally.percentile(99)} ms, ${tally.of('refused')} refused`,
    );
    rows.push({
      line,
      requests: tally.requests,
      right: tally.of('right'),
      stale: tally.of('stale'),
      refused: tally.of('refused'),
      'p50 ms': tally.percentile(50),
      'p99 ms': tally.percentile(99),
      'slowest ms': tally.slowestMs,
    });
    return tally;
  };

  await phase('all as usual');
  const lines = [
    ['platform database', stage.platform.cable],
    ['main database', stage.main.cable],
    ['Redis', stage.redis?.cable],
  ] as const;
  for (const [name, cable] of lines) {
    for (const [how, slowness] of [
      ['long', LONG],
      ['narrow', NARROW],
    ] as const) {
      cable?.slow(slowness);
      await phase(`${name}: ${how}`);
      cable?.slow(null);
    }
  }
  const look = async (): Promise<number> =>
    lookAt(stage, await (await fetch(`${stage.service.url}/metrics`)).text(), 0)[
      'server: memory of its own, MB'
    ];
  const before = await look();
  const readers = Array.from({ length: READERS }, (_, index) => readSlowly(stage.service.url, index));
  const meanwhile = await phase('clients that hardly read');
  const held = Math.round((await look()) - before);
  for (const reader of readers) reader.stop();
  const objections: string[] = [];
  if (meanwhile.of('refused') > 0)
    objections.push(`${meanwhile.of('refused')} were refused for clients that hardly read`);
  if (held > HELD_MB) objections.push(`the server holds ${held} MB for ${READERS} clients that hardly read`);

  client.tally = scene.tally;
  const begun = performance.now();
  while ((await fetch(`${stage.service.url}/health/ready`)).status !== 200) {
    if (performance.now() - begun > BACK_MS)
      return scene.outcome(rows, {}, [...objections, 'it is not ready any more']);
    await sleep(50);
  }
  const after = await phase('all as usual again');
  if (after.of('refused') > 0)
    objections.push(`${after.of('refused')} were refused when all was as usual again`);
  client.tally = scene.tally;
  await scene.verify();
  return scene.outcome(
    rows,
    { 'MB more in the server for clients that hardly read': Math.max(0, held) },
    objections,
  );
}

/** Asks for a long list and takes 1 kB of it now and then. */
function readSlowly(url: string, first: number): { stop(): void } {
  const { hostname, port } = new URL(url);
  const vins = Array.from({ length: LINES }, (_, index) => siblingOf(kindOf(index), first * LINES + index));
  const body = `${vins.join('\n')}\n`;
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(
    `POST /api/vehicles/decode HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/x-ndjson\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
  );
  socket.write(body);
  const reading = setInterval(() => socket.read(1_024), 250);
  void once(socket, 'close').then(() => clearInterval(reading));
  return { stop: () => socket.destroy() };
}
