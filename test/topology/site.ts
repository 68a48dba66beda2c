/** All of docs/SCALING.md's topology as real processes on this machine. */

import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Teardown } from '../../server/start/teardown.ts';
import { type RunningRedises, startRedisCluster } from '../harness/redis.ts';
import { temporaryFolder } from '../harness/servers.ts';
import { freePort } from '../harness/service.ts';
import { Agent } from './agent.ts';
import { Balancer } from './balancer.ts';
import { Editions, editionsIn } from './editions.ts';
import { type Health, healthOf, isWell } from './health.ts';
import { Judge } from './judge.ts';
import { Load, takeRight } from './load.ts';
import { type Node, Nodes, scalarOf } from './nodes.ts';
import { type Places, type Program, referenceOf, serverOf, workerOf } from './programs.ts';
import { Questions } from './questions.ts';

const DATABASES = { platform: 'mvp-platform-vehicles', main: 'motovaultpro' } as const;
const SERVERS = 3;
const STANDBYS = 2;

/** So many that a good part of what is asked nobody has asked before. */
const VINS = 6_000;

export interface SiteOptions {
  /** Requests a second. */
  rate: number;
  /** How much of the data is used: that of every so many schemas. */
  every: number;
  say: (line: string) => void;
  /** Gets whatever has to be ended. */
  teardown: Teardown;
}

/** What stands there when it is complete. */
interface Parts {
  readonly nodes: Nodes;
  readonly redis: RunningRedises;
  readonly balancer: Balancer;
  readonly editions: Editions;
  readonly judge: Judge;
  readonly ports: readonly number[];
  readonly servers: readonly Program[];
  readonly workers: readonly Program[];
  readonly reference: Program;
  readonly questions: Questions;
  readonly rate: number;
}

export class Site {
  readonly nodes: Nodes;
  readonly redis: RunningRedises;
  readonly balancer: Balancer;
  readonly judge: Judge;
  readonly servers: readonly Program[];
  readonly workers: readonly Program[];
  readonly questions: Questions;
  readonly #parts: Parts;

  /** The first load by a worker, copies of it, then the servers. */
  static async open({ rate, every, say, teardown }: SiteOptions): Promise<Site> {
    const folder = temporaryFolder();
    teardown.add(async () => rmSync(folder, { recursive: true, force: true }));
    const editions = new Editions(folder, every);
    const judge = new Judge((version, text) => objectionTo(editions, version, text));
    const nodes = await Nodes.open(STANDBYS, Object.values(DATABASES));
    teardown.add(() => nodes.close());
    const redis = await startRedisCluster();
    teardown.add(() => redis.stop());
    const ports: number[] = [];
    while (ports.length < SERVERS) ports.push(await freePort());
    const balancer = await openBalancer(nodes, ports, teardown);
    const places = placesOf({ folder, nodes, redis, balancer, editions });
    const start = (program: Program): Program => {
      teardown.add(() => program.kill());
      return program;
    };

    await balancer.until(`primary/${nodes.primary.name}`, true);
    await editions.next();
    say('a worker loads the first edition');
    const first = start(workerOf(places));
    while ((await publishedIn(nodes)) === null) await sleep(200);
    say('two standbys are copied');
    for (const node of nodes.standbys) await nodes.join(node);
    say('the servers are started');
    const workers = [first, start(workerOf(places))];
    const reference = start(referenceOf(places));
    await reference.ready();
    const servers = ports.map((port) => start(serverOf(places, port)));
    for (const program of [...workers, ...servers]) await program.ready();
    for (const [index] of servers.entries()) await balancer.until(`servers/server${index + 1}`, true);
    const questions = await Questions.draw(nodes.primary.cluster.url, VINS);
    const programs = { servers, workers, reference };
    const site = new Site({ nodes, redis, balancer, editions, judge, ports, ...programs, questions, rate });
    await site.learn();
    await site.untilWell();
    return site;
  }

  private constructor(parts: Parts) {
    this.nodes = parts.nodes;
    this.redis = parts.redis;
    this.balancer = parts.balancer;
    this.judge = parts.judge;
    this.servers = parts.servers;
    this.workers = parts.workers;
    this.questions = parts.questions;
    this.#parts = parts;
  }

  /** A server's own address. */
  urlOf(index: number): string {
    return `http://127.0.0.1:${this.#parts.ports[index]}`;
  }

  /** Clients, who ask from now on. */
  load(): Load {
    const { balancer, questions, judge, rate } = this.#parts;
    const load = new Load(balancer.url, { questions, judge, rate });
    load.start();
    return load;
  }

  /** Takes the right answers of what is published now. */
  async learn(): Promise<void> {
    const { reference, questions, judge } = this.#parts;
    await takeRight(await reference.service.listening(), questions, judge);
  }

  /** What the primary has published; null before anything is, and while it cannot be asked. */
  publishedVersion(): Promise<string | null> {
    return publishedIn(this.nodes);
  }

  /** Has a worker make the next edition, by the action that operators have for it. */
  async requestRebuild(): Promise<void> {
    const edition = await this.#parts.editions.next();
    const statement = 'select admin.request_rebuild($1, true)::text as value';
    await scalarOf(this.nodes.primary.cluster.url, statement, [`edition ${edition}`]);
  }

  /** Waits until all servers find everything in order. @returns milliseconds since `since` */
  async untilWell(since = performance.now()): Promise<number> {
    const version = await this.publishedVersion();
    return this.until((all) => all.every((one) => one !== null && isWell(one, version, STANDBYS)), since);
  }

  /** Waits for how the servers stand. @returns milliseconds since `since` */
  async until(condition: (all: (Health | null)[]) => boolean, since = performance.now()): Promise<number> {
    const look = (): Promise<(Health | null)[]> =>
      Promise.all(this.servers.map((_, index) => healthOf(this.urlOf(index))));
    while (!condition(await look())) await sleep(100);
    return performance.now() - since;
  }

  /** What servers call a node. */
  nameOf({ cluster }: Node): string {
    const { host, pathname } = new URL(cluster.url);
    return host + decodeURIComponent(pathname);
  }
}

async function openBalancer(nodes: Nodes, servers: readonly number[], teardown: Teardown): Promise<Balancer> {
  const watched: { port: number; agent: number }[] = [];
  for (const { cluster } of nodes.all) {
    const agent = await Agent.open(cluster.urlOf('postgres'));
    teardown.add(() => agent.close());
    watched.push({ port: cluster.port, agent: agent.port });
  }
  const balancer = await Balancer.open({ servers, nodes: watched });
  teardown.add(() => balancer.close());
  return balancer;
}

function placesOf({
  folder,
  nodes,
  redis,
  balancer,
  editions,
}: Pick<Parts, 'nodes' | 'redis' | 'balancer' | 'editions'> & { folder: string }): Places {
  const primaryUrl = (database: string): string => {
    const url = new URL(nodes.primary.cluster.urlOf(database));
    url.port = String(balancer.primaryPort);
    return url.href;
  };
  return {
    folder,
    platformUrl: primaryUrl(DATABASES.platform),
    mainUrl: primaryUrl(DATABASES.main),
    nodeUrls: nodes.all.map(({ cluster }) => cluster.url),
    redisUrl: redis.url,
    source: editions.file,
  };
}

async function publishedIn({ primary }: Nodes): Promise<string | null> {
  return scalarOf(primary.cluster.url, 'select api.data_version() as value').catch(() => null);
}

/** Every model names its edition: an answer of two, or of another than its version's, is wrong whoever calls it right. */
function objectionTo(editions: Editions, version: string, text: string): string | null {
  const edition = editions.numberOf(version);
  const named = editionsIn(text);
  return named.every((number) => number === edition) ? null : `names editions ${named}, is of ${edition}`;
}
