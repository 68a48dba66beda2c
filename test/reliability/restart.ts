/** Updates of the service and of its databases while it is used. */

import { setTimeout as sleep } from 'node:timers/promises';
import { Balancer } from './scene/balancer.ts';
import { Mix } from './scene/mix.ts';
import { Owners } from './scene/owners.ts';
import { askPaced } from './scene/pace.ts';
import { Scene } from './scene/scene.ts';
import type { Place } from './scene/stage.ts';
import { Tally } from './scene/tally.ts';
import type { Extent, Outcome, Section } from './section.ts';

/** Each server is restarted so often, and each database. */
const ROUNDS = { servers: 20, databases: 8 };
const PER_SECOND = 100;
const OPEN = 300;
/** Between two restarts, so that clients find their way back to it. */
const BETWEEN_MS = 1_500;

export const restart: Section = {
  name: 'restart',
  title: 'Restarts under load',
  about:
    'Two servers on the same databases and the same Redis, and in front of them a client that does what a load balancer does: it asks them in turn, goes to the other where nobody takes ' +
    'the connection, and asks again what can be asked twice where it breaks. One after the other the servers are ended with SIGTERM and started again: no user notices. Then ' +
    'the databases are shut down and started again in turn: what was known goes on, the rest is a documented refusal.',
  run: async (extent) => {
    const scene = await Scene.open({ name: 'restart', extent, connections: OPEN });
    const balancer = new Balancer([scene.stage.service, await scene.stage.startAnother()], OPEN);
    try {
      return await run(scene, balancer, extent);
    } finally {
      await balancer.close();
      await scene.close();
    }
  },
};

interface Phase {
  name: string;
  tally: Tally;
  restarts: number;
}

async function run(scene: Scene, balancer: Balancer, { share, say }: Extent): Promise<Outcome> {
  const { stage, knowledge, random } = scene;
  const times = (count: number): number => Math.max(1, Math.round(count * share));
  // Another server hears of a change a moment later: who writes looks at single vehicles here, and not at lists.
  const owners = new Owners(balancer, random, ['create', 'change', 'find', 'remove']);
  const mix = new Mix({ client: balancer, knowledge, owners, random });
  const servers = balancer.supervisors;
  const phases: Phase[] = [];
  const during = async (name: string, restarts: number, work: () => Promise<void>): Promise<Phase> => {
    const phase = { name, tally: new Tally(), restarts };
    phases.push(phase);
    balancer.tally = phase.tally;
    const over = new AbortController();
    const asking = askPaced({ perSecond: PER_SECOND, open: OPEN, signal: over.signal }, (due) =>
      mix.ask(due),
    );
    try {
      await work();
    } finally {
      over.abort();
      await asking;
    }
    say(`${name}: ${phase.tally.requests} requests, ${phase.tally.of('refused')} refused`);
    return phase;
  };

  const rolling = await during(
    'servers, one after the other',
    times(ROUNDS.servers) * servers.length,
    async () => {
      for (let round = 0; round < times(ROUNDS.servers); round += 1) {
        for (const server of servers) {
          await server.end('SIGTERM');
          await server.serving();
          await sleep(BETWEEN_MS);
        }
      }
    },
  );
  const refusals = [...balancer.refusals];
  const databases = (place: Place) => async (): Promise<void> => {
    for (let round = 0; round < times(ROUNDS.databases); round += 1) {
      await place.cluster.shutDown();
      await place.cluster.start();
      await sleep(BETWEEN_MS);
    }
  };
  await during('platform database', times(ROUNDS.databases), databases(stage.platform));
  await during('main database', times(ROUNDS.databases), databases(stage.main));

  balancer.tally = new Tally();
  scene.tally.lost += await owners.countLost();
  for (const { tally } of phases) scene.tally.addAll(tally);
  await scene.verify();
  const failed = rolling.tally.requests - rolling.tally.of('right') - balancer.doubtful;
  const rows = phases.map(({ name, restarts, tally }) => ({
    restarted: name,
    times: restarts,
    requests: tally.requests,
    right: tally.of('right'),
    stale: tally.of('stale'),
    refused: tally.of('refused'),
    'p99 ms': tally.percentile(99),
    'slowest ms': tally.slowestMs,
  }));
  const { unsent, broken } = balancer.elsewhere;
  return scene.outcome(
    rows,
    {
      restarts: phases.reduce((sum, { restarts }) => sum + restarts, 0),
      'sent to the other server, nobody having taken the connection': unsent,
      'asked again elsewhere, the connection having broken': broken,
      'writes whose connection broke': balancer.doubtful,
      'vehicles written': owners.vehicles,
    },
    [
      ...(failed > 0 ? [`${failed} users noticed that a server was restarted: ${refusals.join('; ')}`] : []),
      ...(balancer.doubtful > 0 ? [`${balancer.doubtful} writes broke off when a server was restarted`] : []),
    ],
  );
}
