/** Disks without room, below both databases. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rebuild } from '../../etl/rebuild.ts';
import { smallDump } from '../../etl/testing/small-vpic.ts';
import { describe } from '../../server/failure.ts';
import { withClient } from '../harness/cluster.ts';
import { temporaryFolder } from '../harness/servers.ts';
import { askPaced } from './scene/pace.ts';
import { Scene } from './scene/scene.ts';
import type { Place } from './scene/stage.ts';
import { Tally } from './scene/tally.ts';
import type { Extent, Outcome, Section } from './section.ts';

/** For the fixture, the write-ahead log and the tests' vehicles. */
const SMALL_MB = 256;

const PER_SECOND = 60;
const OPEN = 300;

/** How long a disk stays full. */
const FULL_MS = 30_000;
const LEAST_MS = 6_000;

const BACK_MS = 60_000;

/** As many vehicles fill the pages that had room; every next page needs a disk that has some. */
const FILLERS = 400;

/** More files of the log than are kept ready. */
const SWITCHES = 30;

/** A VIN that the data of the rebuild knows, and the fixture does not. */
const REAL_VIN = '1HGCM82633A004352';

export const disk: Section = {
  name: 'disk',
  title: 'No room on the disk',
  about:
    'Each database on a disk of 256 MB (a tmpfs). That of the main database is filled while users write; then its write-ahead log needs room as well, and PostgreSQL gives up and is started ' +
    'again when there is some. That of the platform database is filled before a rebuild. Shown: 503 with `Retry-After` for writes, everything else goes on, the failed rebuild ' +
    'says why and leaves what was published; with room again everything goes on, and nothing acknowledged is gone.',
  run: async (extent) => {
    const settings = ['max_wal_size=64MB', 'min_wal_size=32MB'];
    const scene = await Scene.open({
      name: 'disk',
      extent,
      connections: OPEN,
      settings,
      diskMegabytes: SMALL_MB,
    });
    try {
      return await run(scene, extent);
    } finally {
      await scene.close();
    }
  },
};

async function run(scene: Scene, { share, say }: Extent): Promise<Outcome> {
  const { stage, client } = scene;
  const fullMs = Math.max(LEAST_MS, FULL_MS * share);
  const rows: Record<string, string | number>[] = [];
  const objections: string[] = [];
  const during = async (what: string, work: () => Promise<unknown>): Promise<Tally> => {
    const tally = new Tally();
    client.tally = tally;
    const over = new AbortController();
    const asking = askPaced({ perSecond: PER_SECOND, open: OPEN, signal: over.signal }, (due) =>
      scene.mix.ask(due),
    );
    try {
      await work();
    } finally {
      over.abort();
      await asking;
    }
    say(`${what}: ${tally.requests} requests, ${tally.of('refused')} refused`);
    rows.push({
      disk: what,
      requests: tally.requests,
      right: tally.of('right'),
      stale: tally.of('stale'),
      refused: tally.of('refused'),
      'p99 ms': tally.percentile(99),
    });
    scene.tally.addAll(tally);
    return tally;
  };

  await during('room for all', () => sleep(LEAST_MS / 2));
  const full = await during('main database: full', async () => {
    stage.main.disk?.fill();
    for (let count = 0; count < FILLERS; count += 1) await scene.owners.step();
    await sleep(fullMs);
  });
  if (full.of('refused') === 0) objections.push('the disk of the main database was never full');
  let refusal: string | null = null;
  await during('main database: full, and its log needs room', async () => {
    // Each asks for another file of the log, where anything was written since the last.
    for (let count = 0; count < SWITCHES; count += 1) {
      await withClient(stage.main.cluster.url, async (admin) => {
        await admin.query('select pg_switch_wal()');
      }).catch((error: unknown) => {
        refusal ??= describe(error);
      });
      await sleep(fullMs / SWITCHES);
    }
  });
  say(`the log of the main database: ${refusal}`);
  const ended = stage.main.cluster.isRunning ? 0 : 1;
  stage.main.disk?.clear();
  objections.push(...(await recover(scene, stage.main)));
  await during('main database: room again', () => sleep(LEAST_MS / 2));

  const folder = temporaryFolder();
  try {
    let failure = '';
    const { url } = stage.platform.cluster;
    const source = join(folder, 'vPICList_lite_2026_01.sql');
    writeFileSync(source, smallDump());
    const load = (): Promise<unknown> =>
      rebuild({ url, source, dataDir: folder, forcedReason: 'there is room again' });
    await during('platform database: full, and a rebuild', async () => {
      stage.platform.disk?.fill();
      await load().catch((error: unknown) => {
        failure = describe(error);
      });
      await sleep(fullMs);
    });
    say(`the rebuild: ${failure}`);
    if (failure === '') objections.push('the rebuild found room');
    else if (!/space|room|disk|recover|connection/i.test(failure))
      objections.push(`a rebuild without room says: ${failure}`);
    stage.platform.disk?.clear();
    objections.push(...(await recover(scene, stage.platform)));
    await during('platform database: room again', () => sleep(LEAST_MS / 2));
    client.tally = scene.tally;
    await scene.verify();
    await load();
    objections.push(...(await served(stage.service.url)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return scene.outcome(rows, { 'disks filled': 3, 'times PostgreSQL ended itself': ended }, objections);
}

/** Starts the database again if it gave up, and waits until users can write. @returns what is not as before */
async function recover({ client, owners, stage }: Scene, { cluster }: Place): Promise<string[]> {
  if (!cluster.isRunning) await cluster.start();
  const begun = performance.now();
  do {
    if (performance.now() - begun > BACK_MS)
      return [`nothing is as before ${BACK_MS / 1_000} s after there was room`];
    client.tally = new Tally();
    for (let step = 0; step < 8; step += 1) await owners.step();
    await sleep(50);
  } while (
    client.tally.of('right') < client.tally.requests ||
    (await fetch(`${stage.service.url}/health/ready`)).status !== 200
  );
  return [];
}

/** Waits until what was published is served. @returns what is not */
async function served(url: string): Promise<string[]> {
  const begun = performance.now();
  while (performance.now() - begun < BACK_MS) {
    const reply = await fetch(`${url}/api/vehicles/decode/${REAL_VIN}`);
    if (/"make":"HONDA"/.test(await reply.text())) return [];
    await sleep(200);
  }
  return ['the rebuild that had room is not served'];
}
