/** A stage with clients who know what is right. */

import { createRandom, type Random } from '../../../bench/calibration/random.ts';
import type { Extent, Outcome } from '../section.ts';
import { Client } from './client.ts';
import { Knowledge } from './knowledge.ts';
import { type Kind, Mix } from './mix.ts';
import { Owners } from './owners.ts';
import { Stage, type StageOptions } from './stage.ts';
import { Tally } from './tally.ts';

export interface SceneOptions extends StageOptions {
  /** For what is random. */
  name: string;
  extent: Extent;
  /** Of the client. */
  connections: number;
  /** What is asked; everything when absent. */
  kinds?: readonly Kind[];
}

export class Scene {
  readonly stage: Stage;
  readonly client: Client;
  readonly knowledge: Knowledge;
  readonly owners: Owners;
  readonly mix: Mix;
  readonly random: Random;
  /** Of the whole run, whatever phases it has. */
  readonly tally: Tally;

  static async open(options: SceneOptions): Promise<Scene> {
    const stage = await Stage.open(options);
    const tally = new Tally();
    const client = new Client({ service: stage.service, tally, connections: options.connections });
    try {
      const knowledge = await Knowledge.learn(stage.platform.cluster.url, async (path) => {
        const reply = await fetch(stage.service.url + path);
        if (reply.status !== 200) throw new Error(`${path}: ${reply.status}`);
        return reply.text();
      });
      return new Scene(stage, client, knowledge, options);
    } catch (error) {
      await client.close();
      await stage.close();
      throw error;
    }
  }

  private constructor(stage: Stage, client: Client, knowledge: Knowledge, options: SceneOptions) {
    this.stage = stage;
    this.client = client;
    this.knowledge = knowledge;
    this.tally = client.tally;
    this.random = createRandom(options.extent.seed, options.name);
    this.owners = new Owners(client, this.random);
    this.mix = new Mix({
      client,
      knowledge,
      owners: this.owners,
      random: this.random,
      ...(options.kinds && { kinds: options.kinds }),
    });
  }

  /** Looks for all that was acknowledged, and compares what was kept to be compared. Everything has to be there. */
  async verify(): Promise<void> {
    this.tally.lost += await this.owners.countLost();
    const wrong = await this.mix.countWrong(this.stage.platform.cluster.url);
    for (let count = 0; count < wrong; count += 1)
      this.tally.add('wrong', 0, 'a decode differs from the database’s');
  }

  /** What every section says of its run. */
  outcome(rows: Outcome['rows'], counts: Outcome['counts'], objections: readonly string[]): Outcome {
    const { tally, stage, owners } = this;
    return {
      counts: {
        requests: tally.requests,
        'right answers': tally.of('right') + tally.of('stale'),
        'of them stale': tally.of('stale'),
        'refused as documented': tally.of('refused'),
        'vehicles written': owners.vehicles,
        ...counts,
      },
      harm: tally.harm(stage.service.crashes.length),
      rows,
      objections: [
        ...tally.objections,
        ...stage.service.crashes.map((said) => `ended by itself: ${said}`),
        ...objections,
      ],
    };
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.stage.close();
  }
}
