import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { lowerPriority } from '../../etl/priority.ts';
import { type Config, projectRoot } from '../config.ts';
import { withPlatform } from '../config-secrets.ts';
import { describe } from '../failure.ts';

/** What the worker tells the server that started it (server/worker.ts). */
export const workerReport = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready'), isReloading: z.boolean() }),
  z.object({ event: z.literal('failed'), reason: z.string() }),
]);
export type WorkerReport = z.output<typeof workerReport>;

export interface InlineWorkerOptions {
  /** The platform database, as the server found it. */
  url: string;
  config: Pick<Config, 'worker' | 'platformDatabaseUrl'>;
  logger: Pick<Logger, 'warn'>;
  note: (line: string) => void;
  /** What the worker is configured by. */
  env?: NodeJS.ProcessEnv;
}

/** After the first death soon, then seldom enough to be neither a load nor a flood of log lines. */
const RESTART_MS = { first: 1_000, longest: 300_000 } as const;
/** A worker that lived this long was well: its death says nothing of the next one's. */
const WELL_MS = 60_000;
/** More than a worker gives its rebuild to end (STOP_MS in etl/worker.ts). */
const STOP_MS = 20_000;

/**
 * The server's worker: a process of its own, so that the server answers while a file is unpacked and sent on, at a low
 * priority, so that answers come first where both want a core. Started anew when it dies. It shares the server's
 * standard error for its logs, and ends with the server however that ends.
 */
export class InlineWorker {
  /** When the first one takes jobs, or has failed to. */
  readonly settled: Promise<void>;
  readonly #options: InlineWorkerOptions;
  #settle: () => void = () => {};
  #child: ChildProcess | null = null;
  #ended: Promise<void> = Promise.resolve();
  #isStopping = false;
  #deaths = 0;
  #restart: NodeJS.Timeout | undefined;
  #lastNote: string | null = null;

  /** Starts it; null when the configuration says that this server has none. */
  static start(options: InlineWorkerOptions): InlineWorker | null {
    return options.config.worker === 'off' ? null : new InlineWorker(options);
  }

  private constructor(options: InlineWorkerOptions) {
    this.#options = options;
    this.settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#start();
  }

  /** The process's number; null while there is none. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Ends it; a rebuild under way is cancelled and left to another worker, or to a later start. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    child?.kill('SIGTERM');
    const deadline = setTimeout(() => child?.kill('SIGKILL'), STOP_MS);
    await this.#ended;
    clearTimeout(deadline);
    this.#settle();
  }

  #start(): void {
    const { url, config, env = process.env } = this.#options;
    const begun = performance.now();
    const ours = config.platformDatabaseUrl === null ? ['--owns-database'] : [];
    const child = fork(join(projectRoot, 'server/worker.ts'), ['--inline', ...ours], {
      // The server keeps an embedded database running: the worker uses it like any other, and neither starts nor stops it.
      env: withPlatform(env, url),
      execArgv: [],
      // Standard output is the server's alone.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // A session of its own: Ctrl-C goes to the server, which stops it in its turn; and it has a priority of its own.
      detached: true,
    });
    this.#child = child;
    // From here rather than by itself: on Linux a thread has the priority of the one that started it, and now there is one.
    if (child.pid !== undefined) lowerPriority(child.pid);
    child.on('message', (message) => this.#hear(message));
    this.#ended = new Promise((resolve) => {
      const end = (reason: object): void => {
        if (this.#child !== child) return;
        this.#child = null;
        this.#settle();
        this.#startAgain(performance.now() - begun, reason);
        resolve();
      };
      child.once('exit', (code, signal) => end({ code, signal }));
      // Without a process there is no exit to wait for.
      child.on('error', (error) => child.pid === undefined && end({ err: error }));
    });
  }

  #startAgain(livedMs: number, reason: object): void {
    if (this.#isStopping) return;
    this.#deaths = livedMs > WELL_MS ? 1 : this.#deaths + 1;
    const waitMs = Math.min(RESTART_MS.first * 2 ** (this.#deaths - 1), RESTART_MS.longest);
    this.#options.logger.warn({ ...reason, waitMs }, 'the worker ended; it is started again');
    this.#restart = setTimeout(() => this.#start(), waitMs);
  }

  #hear(message: unknown): void {
    const report = workerReport.safeParse(message);
    if (!report.success) {
      this.#options.logger.warn(
        { reason: describe(report.error) },
        'the worker said what nobody understands',
      );
      return;
    }
    const { data } = report;
    if (data.event === 'failed') {
      this.#noteOnce(`serving, but nothing rebuilds the data: ${data.reason}`);
    } else if (data.isReloading) {
      this.#noteOnce(
        'the data was loaded before this version of the program: it is loaded again, and served as it is meanwhile',
      );
    }
    this.#settle();
  }

  /** A worker that fails in the same way at every start is one line for people; the log has the others. */
  #noteOnce(line: string): void {
    if (line === this.#lastNote) return;
    this.#lastNote = line;
    this.#options.note(line);
  }
}
