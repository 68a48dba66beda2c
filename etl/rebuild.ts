import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { connect } from './connect.ts';
import { type RebuildError, toRebuildError } from './errors.ts';
import { loadTables } from './load.ts';
import { type Progress, type StepOptions, silentProgress } from './progress.ts';
import type { FetchOptions } from './sources/remote.ts';
import { openSource, type Source } from './sources/source.ts';

export interface RebuildOptions {
  /** Platform database; its login must be a member of mvp_platform_etl. */
  readonly url: string;
  /** Source specification, see openSource. */
  readonly source: string;
  /** Directory for temporary files and downloads. */
  readonly dataDir: string;
  /** How a source that lies elsewhere is fetched. */
  readonly fetch?: FetchOptions;
  /** Gets steps and amounts; the caller ends it with done() or fail(). */
  readonly progress?: Progress;
  /** Aborting ends the running statement and fails the run; the published release stays as it was. */
  readonly signal?: AbortSignal;
}

export interface RebuildResult {
  readonly runId: number;
  readonly releaseId: number;
  /** As clients see it from now on. */
  readonly dataVersion: string;
}

const ROLE = 'mvp_platform_etl';

/**
 * Parts of the whole for the progress bar, measured with the bundled snapshot on two cores: 0.4 s to unpack, 1.3 s
 * to load, 15-20 s to compile. The full dump loads in 2.6 s and has twice as much to compile.
 */
const OPEN_SHARE = 0.02;
const LOAD_SHARE = 0.1;
const COMPILE_SHARE = 0.85;
const CHECK_SHARE = 0.03;

/**
 * The whole way of the data: source, raw rows, compiled release, published release. Until the last statement
 * readers see the release before; a failure on the way leaves it published and removes what was half made.
 * @throws RebuildError, whose message is one line for a person.
 */
export async function rebuild(options: RebuildOptions): Promise<RebuildResult> {
  const { signal } = options;
  const progress = remembering(options.progress ?? silentProgress);
  try {
    progress.step('opening the source', { share: OPEN_SHARE });
    const source = await openSource(options.source, options.dataDir, {
      ...options.fetch,
      ...(signal ? { signal } : {}),
      onBytes: showBytes(progress),
    });
    try {
      signal?.throwIfAborted();
      return await rebuildFrom(source, options.url, progress, signal);
    } finally {
      await source.close();
    }
  } catch (thrown) {
    throw toRebuildError(thrown, progress.current, signal?.aborted);
  }
}

/** Shows how far a download is. */
function showBytes(progress: Progress): (received: number, total: number | null) => void {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  let before = 0;
  return (received, total) => {
    progress.detail(`${megabytes(received)}${total === null ? '' : ` of ${megabytes(total)}`} MB`);
    progress.advance(0, Math.max(received - before, 0));
    before = received;
  };
}

async function rebuildFrom(
  source: Source,
  url: string,
  progress: RememberingProgress,
  signal: AbortSignal | undefined,
): Promise<RebuildResult> {
  const client = await connect(url, ROLE).catch((error: unknown) => {
    throw toRebuildError(error, 'connecting');
  });
  const canceller = signal ? new Canceller(client, url, signal) : null;
  let runId: number | undefined;
  try {
    await canceller?.arm();
    runId = await value<number>(client, 'select etl.begin_run($1, $2) as value', [
      source.spec,
      JSON.stringify(source.describe()),
    ]);
    const { totalRows, totalBytes } = source;
    progress.step('loading the raw rows', { share: LOAD_SHARE, totalRows, totalBytes });
    await loadTables(client, runId, source.tables(), progress, signal);
    await compile(client, runId, progress, signal);
    progress.step('checking and publishing', { share: CHECK_SHARE });
    const releaseId = await value<number>(client, 'select etl.finish_run($1) as value', [runId]);
    signal?.throwIfAborted();
    const dataVersion = await value<string>(client, 'select etl.publish($1) as value', [releaseId]);
    return { runId, releaseId, dataVersion };
  } catch (thrown) {
    const error = toRebuildError(thrown, progress.current, signal?.aborted);
    await canceller?.disarm();
    if (runId !== undefined) await failRun(client, url, runId, error);
    throw error;
  } finally {
    await canceller?.disarm();
    await client.end().catch(() => {});
  }
}

/** Every step is a transaction and a statement of its own, so that it shows, and can be cancelled. */
async function compile(
  client: Client,
  runId: number,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { rows: steps } = await client.query<{ step: string; description: string }>(
    'select step, description from etl.compile_step order by ordinal',
  );
  for (const { step, description } of steps) {
    signal?.throwIfAborted();
    progress.step(`compiling: ${description}`, { share: COMPILE_SHARE / steps.length });
    await client.query('call etl.run_compile_step($1, $2)', [runId, step]);
  }
}

async function value<T>(client: Client, call: string, parameters: readonly unknown[]): Promise<T> {
  const { rows } = await client.query<{ value: T }>(call, [...parameters]);
  const [row] = rows;
  if (!row) throw new Error(`no row from ${call}`);
  return row.value;
}

/**
 * Fails the run on a connection of its own: the old one may be broken, or be hit by a late cancel request.
 * Without success nothing is lost: the next etl.begin_run cleans up after dead runs.
 */
async function failRun(old: Client, url: string, runId: number, error: RebuildError): Promise<void> {
  // First, so that its locks and transaction are gone.
  await old.end().catch(() => {});
  try {
    const client = await connect(url, ROLE);
    try {
      await client.query('select etl.fail_run($1, $2)', [runId, error.message]);
    } finally {
      await client.end();
    }
  } catch {
    // The reason that the caller gets is the first failure, not that it could not be written down.
  }
}

/** Turns an abort into the end of the statement that runs in the server. */
class Canceller {
  readonly #client: Client;
  readonly #url: string;
  readonly #signal: AbortSignal;
  readonly #done = new AbortController();
  #pid: number | undefined;
  #work: Promise<void> | undefined;

  constructor(client: Client, url: string, signal: AbortSignal) {
    this.#client = client;
    this.#url = url;
    this.#signal = signal;
  }

  async arm(): Promise<void> {
    this.#pid = await value<number>(this.#client, 'select pg_catalog.pg_backend_pid() as value', []);
    this.#signal.throwIfAborted();
    this.#signal.addEventListener('abort', this.#start, { once: true });
  }

  async disarm(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#start);
    this.#done.abort();
    await this.#work;
  }

  readonly #start = (): void => {
    this.#work = this.#cancel().catch(() => {});
  };

  /** Again and again: a request that arrives between two statements ends nothing. */
  async #cancel(): Promise<void> {
    // As the login itself: the role of the rebuild may not signal a backend of the login's.
    const client = await connect(this.#url);
    try {
      while (!this.#done.signal.aborted) {
        await client.query('select pg_catalog.pg_cancel_backend($1)', [this.#pid]);
        await sleep(500, undefined, { signal: this.#done.signal });
      }
    } finally {
      await client.end();
    }
  }
}

interface RememberingProgress extends Progress {
  /** The step under way, for messages. */
  readonly current: string;
}

function remembering(progress: Progress): RememberingProgress {
  let current = '';
  return {
    get current() {
      return current;
    },
    step(name: string, options?: StepOptions) {
      current = name;
      progress.step(name, options);
    },
    detail: (text) => progress.detail(text),
    advance: (rows, bytes) => progress.advance(rows, bytes),
    done: (summary) => progress.done(summary),
    fail: (message) => progress.fail(message),
  };
}
