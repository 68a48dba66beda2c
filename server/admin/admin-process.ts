/**
 * The process of the admin pages, started when the first admin comes and ended when none has come for a while. Making the GraphQL
 * schema takes a second of pure work and a hundred megabytes, and both are libraries' pages: the server that decodes shall neither
 * stand still, nor grow, nor die for them.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { projectRoot } from '../config.ts';
import { withPlatform } from '../config-secrets.ts';
import { unavailable } from '../problem.ts';

/** What the process tells the server. */
export const processReport = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready') }),
  z.object({ event: z.literal('failed'), reason: z.string() }),
]);
export type ProcessReport = z.output<typeof processReport>;

export interface AdminProcessOptions {
  /** The platform database. */
  readonly url: string;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds without a request after which it is ended. */
  readonly idleMs?: number;
}

/** Who looks at a page again after a quarter of an hour waits two seconds more. */
const IDLE_MS = 15 * 60_000;
/** Much more than it takes on two busy cores (four seconds). */
const START_MS = 60_000;
/** A statement under way may end; what takes longer is cut off. */
const STOP_MS = 5_000;
/** Before a start that failed is tried again: a page that is reloaded shall not start a process each time. */
const REST_MS = 2_000;

interface Running {
  readonly child: ChildProcess;
  readonly socketPath: string;
  readonly ended: Promise<void>;
}

export class AdminProcess {
  readonly #options: Required<AdminProcessOptions>;
  #running: Promise<Running> | null = null;
  #users = 0;
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: AdminProcessOptions) {
    this.#options = { idleMs: IDLE_MS, ...options };
  }

  /** Its number; null while there is none. */
  async pid(): Promise<number | null> {
    const running = await this.#running?.catch(() => null);
    return running?.child.pid ?? null;
  }

  /**
   * Does something with the process, which is started for it when need be and stays at least as long.
   *
   * @throws Problem 503 when it cannot be started
   */
  async use<T>(work: (socketPath: string) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw unavailable('the server is being stopped', 5);
    this.#users += 1;
    clearTimeout(this.#idle);
    try {
      this.#running ??= this.#startFor();
      const { socketPath } = await this.#running;
      return await work(socketPath);
    } finally {
      this.#users -= 1;
      if (this.#users === 0) {
        this.#idle = setTimeout(() => void this.#stop(), this.#options.idleMs);
        this.#idle.unref();
      }
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#idle);
    await this.#stop();
  }

  async #stop(): Promise<void> {
    const starting = this.#running;
    this.#running = null;
    const running = await starting?.catch(() => null);
    if (!running) return;
    running.child.kill('SIGTERM');
    const deadline = setTimeout(() => running.child.kill('SIGKILL'), STOP_MS);
    await running.ended;
    clearTimeout(deadline);
  }

  /** A start whose failure is the answer to everybody for a moment, and which is forgotten when the process ends. */
  #startFor(): Promise<Running> {
    const starting = this.#start();
    const forget = (): void => {
      if (this.#running === starting) this.#running = null;
    };
    starting.then(
      ({ ended }) => ended.then(forget),
      () => setTimeout(forget, REST_MS).unref(),
    );
    return starting;
  }

  async #start(): Promise<Running> {
    const { url, logger } = this.#options;
    // A folder that only this account may enter: who reaches the socket is believed.
    const folder = await mkdtemp(join(tmpdir(), 'mvp-platform-admin-'));
    const socketPath = join(folder, 'http');
    const begun = performance.now();
    const child = fork(join(projectRoot, 'server/admin/process.ts'), [socketPath], {
      env: {
        // The libraries' checks for those who develop with them cost time at every request.
        NODE_ENV: 'production',
        GRAPHILE_ENV: 'production',
        ...withPlatform(process.env, url),
      },
      execArgv: [],
      // Standard output is the server's alone.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // A session of its own: Ctrl-C goes to the server, which stops it in its turn.
      detached: true,
    });
    const ready = Promise.withResolvers<void>();
    const ended = new Promise<void>((resolve) => {
      const end = (reason: string): void => {
        ready.reject(new Error(reason));
        resolve();
      };
      child.once('exit', (code, signal) => end(`it ended with ${signal ?? `exit code ${code}`}`));
      // Without a process there is no exit to wait for.
      child.on('error', (error) => child.pid === undefined && end(error.message));
    }).then(() => rm(folder, { recursive: true, force: true }));
    child.on('message', (message) => {
      const report = processReport.safeParse(message);
      if (report.success && report.data.event === 'ready') ready.resolve();
      else
        ready.reject(
          new Error(
            report.success && report.data.event === 'failed'
              ? report.data.reason
              : 'it said what nobody understands',
          ),
        );
    });
    const deadline = setTimeout(
      () => ready.reject(new Error(`it was not ready within ${START_MS} ms`)),
      START_MS,
    );
    try {
      await ready.promise;
    } catch (error) {
      child.kill('SIGKILL');
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn({ reason }, 'the process of the admin pages did not start');
      throw unavailable(`the admin pages cannot be shown: ${reason}`, 5, error);
    } finally {
      clearTimeout(deadline);
    }
    logger.info(
      { pid: child.pid, ms: Math.round(performance.now() - begun) },
      'the process of the admin pages is up',
    );
    return { child, socketPath, ended };
  }
}
