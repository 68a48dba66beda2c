/** Ten times as many questions as usual, from many clients and from one. */

import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from './scene/client.ts';
import { Mix } from './scene/mix.ts';
import { askAll, askPaced } from './scene/pace.ts';
import { Scene } from './scene/scene.ts';
import { Tally } from './scene/tally.ts';
import { type Extent, NO_HARM, type Outcome, type Section } from './section.ts';

const SPIKE_MS = 30_000;

/** Usual is what keeps a quarter of it busy: ten times as much is more than it can. */
const USUAL = 0.25;
const TIMES = 10;
const CLIENTS = 24;

/** Connections of the crowd: more than the service takes requests at once. */
const OPEN = 3_000;

/** What the service is told to take at once: on a small machine the default of 1,000 takes longer to work off than clients wait. */
const MAX_REQUESTS = 300;

/** When it has to be as usual again. */
const RECOVERED_MS = 5_000;
const WORSE = { times: 2, ms: 20 };

/** A look at whether it lives, as often as a cluster looks. */
const PROBE_MS = 250;

export const spike: Section = {
  name: 'spike',
  title: 'Ten times the load',
  about:
    'A quarter of what it can do, then ten times that for half a minute, whether or not the others were answered, then a quarter again. What is too much is turned away with 503 or ' +
    '429 and `Retry-After`; `/health/live` answers all the while, so that nobody restarts it; afterwards it is as fast as before. Once from everybody ' +
    '(`MAX_REQUESTS=300`), once from one client under `RATE_LIMIT`, whom the others do not notice.',
  run: async (extent) => {
    return together(await fromEverybody(extent), await fromOne(extent));
  },
};

async function fromEverybody(extent: Extent): Promise<Outcome> {
  const env = { MAX_REQUESTS: String(MAX_REQUESTS) };
  const scene = await Scene.open({ name: 'spike', extent, connections: OPEN, env });
  try {
    const ms = SPIKE_MS * extent.share;
    await askAll(CLIENTS, ms / 6, () => scene.mix.ask());
    const begun = performance.now();
    const asked = scene.tally.requests;
    await askAll(CLIENTS, ms / 3, () => scene.mix.ask());
    const most = ((scene.tally.requests - asked) / (performance.now() - begun)) * 1_000;
    const usual = Math.max(1, Math.round(most * USUAL));
    extent.say(`${Math.round(most)} a second at most; ${usual} are usual`);
    const probing = probe(scene.stage.service.url);
    const ask = async (perSecond: number, lasts: number): Promise<Tally> => {
      const tally = new Tally();
      scene.client.tally = tally;
      await askPaced({ perSecond, ms: lasts, open: OPEN }, (due) => scene.mix.ask(due));
      scene.tally.addAll(tally);
      return tally;
    };
    const before = await ask(usual, ms / 2);
    const during = await ask(usual * TIMES, ms);
    await ask(usual, RECOVERED_MS);
    const after = await ask(usual, ms / 2);
    const { slowestMs, failures } = await probing.stop();
    scene.client.tally = scene.tally;
    await scene.verify();
    const rows = [
      rowOf('everybody: usual', usual, before),
      rowOf('everybody: ten times', usual * TIMES, during),
      rowOf(`everybody: usual, ${RECOVERED_MS / 1_000} s later`, usual, after),
    ];
    const objections = failures.map((failure) => `/health/live: ${failure}`);
    if (after.of('refused') > 0) objections.push(`${after.of('refused')} were refused after the spike`);
    if (after.percentile(99) > before.percentile(99) * WORSE.times + WORSE.ms)
      objections.push(
        `p99 was ${before.percentile(99)} ms before the spike and ${after.percentile(99)} ms after it`,
      );
    return scene.outcome(rows, { 'ms for the slowest /health/live': slowestMs }, objections);
  } finally {
    await scene.close();
  }
}

/** Requests a second that a client may make. */
const LIMIT = 50;

async function fromOne(extent: Extent): Promise<Outcome> {
  const env = { RATE_LIMIT: `${LIMIT}/s` };
  const kinds = ['known', 'sibling', 'lone', 'path', 'owner'] as const;
  const scene = await Scene.open({ name: 'spike of one', extent, connections: 100, env, kinds });
  const greedy = new Client({
    service: scene.stage.service,
    tally: new Tally(),
    connections: 100,
    address: '127.0.0.2',
  });
  try {
    // What was asked to learn what is right has been counted as well.
    await sleep(1_500);
    const ms = SPIKE_MS * extent.share;
    const { knowledge, random } = scene;
    const much = new Mix({
      client: greedy,
      knowledge,
      owners: null,
      random,
      kinds: ['known', 'sibling', 'path'],
    });
    const perSecond = LIMIT / 2;
    await Promise.all([
      askPaced({ perSecond, ms, open: 100 }, (due) => scene.mix.ask(due)),
      askPaced({ perSecond: LIMIT * TIMES, ms, open: 100 }, (due) => much.ask(due)),
    ]);
    const others = new Tally();
    others.addAll(scene.tally);
    scene.tally.addAll(greedy.tally);
    const objections = [];
    if (others.of('refused') > 0) objections.push(`${others.of('refused')} requests of others were refused`);
    if (greedy.tally.of('refused') === 0) objections.push('the greedy client was not refused');
    const rows = [
      rowOf('one: ten times its limit', LIMIT * TIMES, greedy.tally),
      rowOf('one: the others meanwhile', perSecond, others),
    ];
    return scene.outcome(rows, {}, objections);
  } finally {
    await greedy.close();
    await scene.close();
  }
}

function rowOf(phase: string, perSecond: number, tally: Tally): Record<string, string | number> {
  return {
    phase,
    'asked a second': perSecond,
    requests: tally.requests,
    right: tally.of('right') + tally.of('stale'),
    refused: tally.of('refused'),
    'p50 ms': tally.percentile(50),
    'p99 ms': tally.percentile(99),
  };
}

/** Of two scenes one outcome. */
function together(a: Outcome, b: Outcome): Outcome {
  const sum = (of: Outcome['counts'], and: Outcome['counts']): Record<string, number> =>
    Object.fromEntries(
      Object.keys({ ...of, ...and }).map((name) => [name, (of[name] ?? 0) + (and[name] ?? 0)]),
    );
  return {
    counts: sum(a.counts, b.counts),
    harm: { ...NO_HARM, ...sum({ ...a.harm }, { ...b.harm }) },
    rows: [...a.rows, ...b.rows],
    objections: [...a.objections, ...b.objections],
  };
}

/** Looks whether it lives, until it is told to stop. */
function probe(url: string): { stop(): Promise<{ slowestMs: number; failures: string[] }> } {
  let isOver = false;
  let slowestMs = 0;
  const failures: string[] = [];
  const probing = (async () => {
    while (!isOver) {
      const begun = performance.now();
      const status = await fetch(`${url}/health/live`).then(async (reply) => {
        await reply.arrayBuffer();
        return reply.status;
      }, String);
      slowestMs = Math.max(slowestMs, Math.round(performance.now() - begun));
      if (status !== 200) failures.push(String(status));
      await sleep(PROBE_MS);
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await probing;
      return { slowestMs, failures: failures.slice(0, 5) };
    },
  };
}
