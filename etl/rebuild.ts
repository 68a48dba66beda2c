import { hostname } from 'node:os';
import type { Client } from 'pg';
import { Beat } from './beat.ts';
import { call, ETL_ROLE } from './call.ts';
import { Canceller } from './canceller.ts';
import { connect, ONE_CORE } from './connect.ts';
import { RebuildError, toRebuildError } from './errors.ts';
import { loadTables } from './load.ts';
import { ObservedProgress } from './observed-progress.ts';
import { lowerPriority } from './priority.ts';
import { type Progress, silentProgress } from './progress.ts';
import { shownSource } from './sources/download/address.ts';
import type { FetchOptions } from './sources/remote.ts';
import { openSource, readDescription, type Source } from './sources/source.ts';

export interface RebuildOptions {
  /** Platform database; its login must be a member of mvp_platform_etl. */
  readonly url: string;
  /** Source specification, see openSource. */
  readonly source: string;
  /** Directory for temporary files and downloads. */
  readonly dataDir: string;
  /** How a source that lies elsewhere is fetched. */
  readonly fetch?: FetchOptions | undefined;
  /** Why to rebuild an unchanged source and to publish whatever the gates say; kept with the run. */
  readonly forcedReason?: string | undefined;
  /** How many published releases stay, the new one included. */
  readonly keepReleases?: number | undefined;
  /** The job that asked for the run. */
  readonly jobId?: string | undefined;
  /** Others are served meanwhile: the database works on it with one core at most. */
  readonly isBackground?: boolean | undefined;
  /** The database's processes run on this machine and are ours: in the background they get a low priority. */
  readonly ownsDatabase?: boolean | undefined;
  /** Gets steps and amounts; the caller ends it with done() or fail(). */
  readonly progress?: Progress | undefined;
  /** Aborting ends the running statement and cancels the run; the published release stays as it was. */
  readonly signal?: AbortSignal | undefined;
}

export interface RebuildResult {
  /** `unchanged`: the published release was made of the same file by the same code. */
  readonly outcome: 'published' | 'unchanged';
  readonly runId: number;
  /** As clients see it from now on. */
  readonly dataVersion: string;
  /** What changed, in lines for people; null when nothing did. */
  readonly report: string | null;
}

/** The current release, the one to go back to, and one more for who goes back twice. */
const KEEP_RELEASES = 3;

/**
 * Parts of the whole for the progress bar, measured with the bundled snapshot on two cores: 0.4 s to unpack, 1.3 s
 * to load, 15-20 s to compile, 3 s to check. The full dump loads in 2.6 s and has twice as much to compile.
 */
const OPEN_SHARE = 0.02;
const LOAD_SHARE = 0.08;
const COMPILE_SHARE = 0.78;
const CHECK_SHARE = 0.09;
const CANARY_SHARE = 0.03;

/** Who runs it, for people who look at two of them. */
export const thisProcess = `${hostname()}:${process.pid}`;

/**
 * The whole way of the data: source, raw rows, compiled release, gates, published release. Until the last statement
 * readers see the release before; a failure on the way leaves it published and removes what was half made.
 * @throws RebuildError, whose message is one line for a person.
 */
export async function rebuild(options: RebuildOptions): Promise<RebuildResult> {
  const progress = new ObservedProgress(options.progress ?? silentProgress);
  progress.step('connecting');
  try {
    options.signal?.throwIfAborted();
    const client = await connect(options.url, ETL_ROLE, options.isBackground ? ONE_CORE : undefined);
    try {
      if (options.isBackground && options.ownsDatabase) {
        lowerPriority(await call<number>(client, 'select pg_catalog.pg_backend_pid() as value', []));
      }
      const runId = await begin(client, options);
      return await new Run(client, runId, options, progress).run();
    } finally {
      await client.end().catch(() => {});
    }
  } catch (thrown) {
    throw toRebuildError(thrown, progress.current, options.signal?.aborted);
  }
}

function begin(client: Client, { source, forcedReason, jobId }: RebuildOptions): Promise<number> {
  return call(client, 'select etl.begin_run($1, null, $2, $3, $4) as value', [
    shownSource(source),
    forcedReason ?? null,
    jobId ?? null,
    thisProcess,
  ]);
}

/** One run that has begun, and its end. */
class Run {
  readonly #client: Client;
  readonly #id: number;
  readonly #options: RebuildOptions;
  readonly #progress: ObservedProgress;
  readonly #beat: Beat;
  readonly #signal: AbortSignal;
  readonly #canceller: Canceller;

  constructor(client: Client, id: number, options: RebuildOptions, progress: ObservedProgress) {
    this.#client = client;
    this.#id = id;
    this.#options = options;
    this.#progress = progress;
    this.#beat = new Beat(options.url, id, () => progress.state);
    this.#signal = AbortSignal.any(
      [this.#beat.signal, options.signal].filter((signal) => signal !== undefined),
    );
    this.#canceller = new Canceller(client, options.url, this.#signal);
  }

  async run(): Promise<RebuildResult> {
    let source: Source | undefined;
    try {
      await this.#canceller.arm();
      source = await this.#open();
      if (await this.#isUnchanged(source)) return await this.#result('unchanged');
      await this.#load(source);
      await this.#compile();
      await this.#check();
      await this.#publish();
      return await this.#result('published');
    } catch (thrown) {
      const error = toRebuildError(thrown, this.#progress.current, this.#signal.aborted);
      error.runId = this.#id;
      await this.#stop();
      await this.#fail(error);
      throw error;
    } finally {
      await this.#stop();
      await source?.close();
    }
  }

  async #stop(): Promise<void> {
    await this.#canceller.disarm();
    await this.#beat.stop();
  }

  #call<T>(statement: string, ...parameters: unknown[]): Promise<T> {
    return call(this.#client, statement, parameters);
  }

  #recordStep(step: string, begun: number, detail: object | null = null): Promise<void> {
    const seconds = (performance.now() - begun) / 1000;
    return this.#call('select etl.record_step($1, $2, $3, $4) as value', this.#id, step, seconds, detail);
  }

  /** What is published is told to the source, so that it fetches nothing that is here already. */
  async #open(): Promise<Source> {
    const begun = performance.now();
    this.#progress.step('opening the source', { share: OPEN_SHARE });
    const published = readDescription(await this.#call('select etl.published_source() as value'));
    const { source, dataDir, fetch } = this.#options;
    const onBytes = showBytes(this.#progress);
    const opened = await openSource(source, dataDir, { ...fetch, published, signal: this.#signal, onBytes });
    try {
      this.#signal.throwIfAborted();
      await this.#recordStep('open', begun);
      return opened;
    } catch (error) {
      await opened.close();
      throw error;
    }
  }

  #isUnchanged(source: Source): Promise<boolean> {
    const detail = JSON.stringify(source.describe());
    return this.#call<boolean>('select etl.record_source($1, $2) as value', this.#id, detail);
  }

  async #load(source: Source): Promise<void> {
    const { totalRows, totalBytes } = source;
    this.#progress.step('loading the raw rows', { share: LOAD_SHARE, totalRows, totalBytes });
    await loadTables(this.#client, this.#id, source.tables(), this.#progress, this.#signal);
  }

  /** Every step is a transaction and a statement of its own, so that it shows, and can be cancelled. */
  async #compile(): Promise<void> {
    const { rows: steps } = await this.#client.query<{ step: string; description: string }>(
      'select step, description from etl.compile_step order by ordinal',
    );
    for (const { step, description } of steps) {
      this.#signal.throwIfAborted();
      this.#progress.step(`compiling: ${description}`, { share: COMPILE_SHARE / steps.length });
      await this.#client.query('call etl.run_compile_step($1, $2)', [this.#id, step]);
    }
  }

  async #check(): Promise<void> {
    this.#signal.throwIfAborted();
    this.#progress.step('checking', { share: CHECK_SHARE });
    await this.#call('select etl.finish_run($1) as value', this.#id);
    const objection = await this.#call<string | null>('select etl.check_run($1) as value', this.#id);
    if (objection !== null) throw new RebuildError('refused', `the new data was refused: ${objection}`);
  }

  async #publish(): Promise<void> {
    this.#signal.throwIfAborted();
    this.#progress.step('drawing canary VINs', { share: CANARY_SHARE });
    const releaseId = await this.#call<number>('select etl.release_of_run($1) as value', this.#id);
    await this.#call('select etl.draw_canaries($1) as value', releaseId);
    this.#signal.throwIfAborted();
    this.#progress.step('publishing');
    await this.#call('select etl.publish($1) as value', releaseId);
    // Published is published: old releases that cannot be dropped now go with the next run.
    await this.#prune().catch(() => {});
  }

  async #prune(): Promise<void> {
    const begun = performance.now();
    const keep = this.#options.keepReleases ?? KEEP_RELEASES;
    const dropped = await this.#call<number[]>('select etl.prune_releases($1) as value', keep);
    await this.#recordStep('prune', begun, { dropped });
  }

  async #result(outcome: RebuildResult['outcome']): Promise<RebuildResult> {
    const dataVersion = await this.#call<string>('select api.data_version() as value');
    const { report } = await this.#call<{ report: string | null }>(
      'select etl.describe_run($1, null) as value',
      this.#id,
    );
    return { outcome, runId: this.#id, dataVersion, report };
  }

  /**
   * Ends the run on a connection of its own: the old one may be broken, or be hit by a late cancel request.
   * Without success nothing is lost: the next etl.begin_run cleans up after dead runs.
   */
  async #fail(error: RebuildError): Promise<void> {
    // First, so that its locks and transaction are gone.
    await this.#client.end().catch(() => {});
    try {
      const client = await connect(this.#options.url, ETL_ROLE);
      try {
        const outcome = error.failure === 'cancelled' ? 'cancelled' : 'failed';
        await call(client, 'select etl.fail_run($1, $2, $3) as value', [this.#id, error.message, outcome]);
      } finally {
        await client.end();
      }
    } catch {
      // The reason that the caller gets is the first failure, not that it could not be written down.
    }
  }
}

/** Shows how far a download is, which takes the place of opening. */
function showBytes(progress: Progress): (received: number, total: number | null) => void {
  let before: number | undefined;
  return (received, total) => {
    if (before === undefined) {
      progress.step('downloading', { done: 0, share: OPEN_SHARE, totalBytes: total });
      before = 0;
    }
    progress.advance(0, Math.max(received - before, 0));
    before = received;
  };
}
