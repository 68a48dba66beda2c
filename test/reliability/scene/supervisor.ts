/** Keeps the service running, as systemd or Kubernetes would: whatever ends it, it is started again, on the same port. */

import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, Service } from '../../harness/service.ts';

/** Less than any supervisor's, so that most of a run is spent serving. */
const RESTART_MS = 200;

/** How much of the log of an end by itself is told. */
const TOLD_CHARACTERS = 2_000;

/** Of a moment in which the service was killed: clients whose connections broke then hear of it a little later. */
const AFTERMATH_MS = 1_000;

export class Supervisor {
  readonly #env: Record<string, string>;
  readonly #absences: { from: number; to: number }[] = [];
  #service: Service | null = null;
  #url = '';
  #isStopping = false;
  #isExpected = false;
  #watching: Promise<void> = Promise.resolve();
  /** What the service said when it ended by itself, a text for each time. */
  readonly crashes: string[] = [];
  starts = 0;

  /** Starts the service. @param env its configuration, without the port */
  static async start(env: Record<string, string>): Promise<Supervisor> {
    const supervisor = new Supervisor({ ...env, PORT: String(await freePort()) });
    supervisor.#watching = supervisor.#watch();
    await supervisor.serving();
    return supervisor;
  }

  private constructor(env: Record<string, string>) {
    this.#env = env;
    this.#absences.push({ from: performance.now(), to: Number.POSITIVE_INFINITY });
  }

  get url(): string {
    return this.#url;
  }

  /** The process that serves; null between two. */
  get pid(): number | null {
    return this.#service?.hasEnded === false ? (this.#service.child.pid ?? null) : null;
  }

  /** Waits until the service takes requests. @throws when it does not start at all */
  async serving(): Promise<void> {
    while (this.isAway) {
      if (this.crashes.length > 0 && this.starts === 1) throw new Error(`no start: ${this.crashes[0]}`);
      await sleep(20);
    }
  }

  /** Whether the service is being ended or started now. */
  get isAway(): boolean {
    return this.#absences.at(-1)?.to === Number.POSITIVE_INFINITY;
  }

  /** Whether it was away at some moment between two times of performance.now(). */
  wasAway(from: number, to: number): boolean {
    return this.#absences.some((absence) => absence.from <= to && from <= absence.to + AFTERMATH_MS);
  }

  /** Ends the service, which is then started again. @returns when it has ended */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await this.serving();
    const service = this.#service;
    if (service === null) return;
    this.#isExpected = true;
    this.#absences.push({ from: performance.now(), to: Number.POSITIVE_INFINITY });
    await service.stop(signal);
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#isExpected = true;
    this.#service?.child.kill('SIGCONT');
    await this.#service?.stop();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    while (!this.#isStopping) {
      const service = new Service(this.#env);
      this.#service = service;
      this.starts += 1;
      this.#isExpected = this.#isStopping;
      await service.listening().then(
        (url) => {
          this.#url = url;
          const absence = this.#absences.at(-1);
          if (absence !== undefined) absence.to = performance.now();
        },
        () => undefined,
      );
      while (!service.hasEnded) await sleep(5);
      if (!this.isAway) this.#absences.push({ from: performance.now(), to: Number.POSITIVE_INFINITY });
      await service.ended();
      if (!this.#isExpected) {
        const { exitCode, signalCode } = service.child;
        this.crashes.push(`${exitCode ?? signalCode}: ${service.stderr.slice(-TOLD_CHARACTERS)}`);
      }
      if (!this.#isStopping) await sleep(RESTART_MS);
    }
  }
}
