/** A client in front of several servers, as a load balancer is. */

import { type Asks, Client, type Question, type Told } from './client.ts';
import type { Supervisor } from './supervisor.ts';
import { Tally } from './tally.ts';

export class Balancer implements Asks {
  readonly #servers: readonly { supervisor: Supervisor; client: Client }[];
  #turn = 0;
  tally = new Tally();
  /** Requests that another server got, since nobody took the connection, or since it broke and asking twice does no harm. */
  elsewhere = { unsent: 0, broken: 0 };
  /** Writes whose connection broke: nobody knows whether they happened. */
  doubtful = 0;
  /** Why users were refused, in the service's words. */
  readonly refusals = new Set<string>();

  constructor(supervisors: readonly Supervisor[], connections: number) {
    this.#servers = supervisors.map((supervisor) => ({
      supervisor,
      // Counted here, once what a user is told is known.
      client: new Client({ service: supervisor, tally: new Tally(), connections }),
    }));
  }

  get supervisors(): readonly Supervisor[] {
    return this.#servers.map(({ supervisor }) => supervisor);
  }

  async close(): Promise<void> {
    for (const { client } of this.#servers) await client.close();
  }

  /** Asks the servers in turn, until one answers. */
  async ask(question: Question, due = performance.now()): Promise<Told> {
    this.#turn += 1;
    const order = this.#servers.map((_, index) => this.#servers[(this.#turn + index) % this.#servers.length]);
    let told: Told | null = null;
    for (const server of order) {
      if (server === undefined) continue;
      told = await server.client.ask(question, due);
      if (told.answer !== null || told.verdict === 'hang') break;
      if (told.isUnsent) this.elsewhere.unsent += 1;
      else if ((question.method ?? 'GET') === 'GET') this.elsewhere.broken += 1;
      else {
        this.doubtful += 1;
        break;
      }
    }
    if (told === null) throw new Error('there is no server');
    if (told.verdict === 'refused') this.refusals.add(detailOf(told.answer?.text ?? ''));
    this.tally.add(told.verdict, told.ms, told.objection ?? '');
    return told;
  }
}

function detailOf(problem: string): string {
  return /"detail":"([^"]*)"/.exec(problem)?.[1] ?? problem.slice(0, 200);
}
