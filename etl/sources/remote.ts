import { SourceError } from '../errors.ts';
import { parseAddress, shown } from './download/address.ts';
import { connectionsTo } from './download/ask.ts';
import { type Download, type DownloadOptions, download } from './download/download.ts';
import { DOWNLOAD_LIMITS, type DownloadLimits } from './download/limits.ts';
import { Store } from './download/store.ts';
import { openDump } from './dump.ts';
import { DUMP_LIMITS } from './limits.ts';
import type { Source, SourceDescription, SourceTable } from './source.ts';

/** How a source that lies elsewhere is fetched. */
export interface FetchOptions {
  /** Where NHTSA's monthly files lie. */
  readonly nhtsaUrl?: string;
  /** Whether plain http may be spoken to other machines; https never turns into it. */
  readonly allowHttp?: boolean;
  /** What the published release was made of. Where that is still the newest, nothing is fetched unless it is read. */
  readonly published?: SourceDescription | null;
  readonly signal?: AbortSignal;
  /** Bytes that are here, and of the whole file where the server tells. */
  readonly onBytes?: (received: number, total: number | null) => void;
  readonly limits?: Partial<DownloadLimits>;
}

/** Asks for one URL of a series. */
export type Fetch = (url: URL) => Promise<Download>;

/**
 * Lets `work` fetch files, all within one time limit, into the data directory's `downloads`.
 * @throws SourceError when the time is up.
 */
export async function fetching<T>(
  base: URL,
  dataDir: string,
  options: FetchOptions,
  work: (fetch: Fetch, store: Store) => Promise<T>,
): Promise<T> {
  const limits = { ...DOWNLOAD_LIMITS, ...options.limits };
  const store = await Store.open(dataDir);
  const connections = connectionsTo(base, limits);
  const late = AbortSignal.timeout(limits.totalMs);
  const signal = options.signal ? AbortSignal.any([options.signal, late]) : late;
  const published = options.published?.kind === 'download' ? options.published : null;
  const onBytes = options.onBytes ?? (() => {});
  const downloading: DownloadOptions = { store, connections, limits, signal, published, onBytes };
  try {
    return await work((url) => download(url, downloading), store);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!late.aborted) throw error;
    const minutes = Math.ceil(limits.totalMs / 60_000);
    throw new SourceError(
      `${shown(base)} did not send the file within ${minutes} minutes; the next run goes on where this one ended`,
      { cause: error },
    );
  } finally {
    await connections.destroy();
  }
}

/**
 * Opens the file at a URL (.zip, .sql, .sql.gz).
 * @throws SourceError when it cannot be fetched or is no dump.
 */
export async function openRemote(address: string, dataDir: string, options: FetchOptions): Promise<Source> {
  const url = parseAddress(address, options.allowHttp ?? false);
  // The query may hold a key: it goes into no log.
  const spec = shown(url);
  return fetching(url, dataDir, options, async (fetch, store) => {
    const result = await fetch(url);
    if (result.outcome === 'absent') throw new SourceError(`there is no ${spec}`);
    if (result.outcome === 'file') return openDownload(spec, result, store);
    return rememberedSource(spec, options.published, () =>
      openRemote(address, dataDir, { ...options, published: null }),
    );
  });
}

/** The dump in a downloaded file. A file that turns out to be none is not taken for a good one again. */
export async function openDownload(
  spec: string,
  { name, path, stored }: Extract<Download, { outcome: 'file' }>,
  store: Store,
): Promise<Source> {
  const { url, etag, lastModified, sha256 } = stored;
  const distrust = async (error: unknown): Promise<never> => {
    if (error instanceof SourceError) await store.forget(name);
    throw error;
  };
  const dump = await openDump(path, DUMP_LIMITS, sha256).catch(distrust);
  await store.prune(name);
  return {
    ...dump,
    spec,
    describe: () => ({ ...dump.describe(), kind: 'download', url, etag, lastModified }),
    tables: () => watchedTables(dump.tables(), distrust),
  };
}

/**
 * The source that is published, known by what was written down of it. Whoever only wants to know whether there is
 * anything new sees its digest; whoever reads its tables all the same has it fetched.
 */
export function rememberedSource(
  spec: string,
  published: SourceDescription | null | undefined,
  open: () => Promise<Source>,
): Source {
  if (!published) throw new Error(`${spec} is said to be published, and nothing is`);
  return {
    spec,
    version: published.version,
    totalRows: null,
    totalBytes: null,
    describe: () => published,
    tables: async function* () {
      const source = await open();
      try {
        yield* source.tables();
      } finally {
        await source.close();
      }
    },
    close: async () => {},
  };
}

/** The same tables; `onError` gets what goes wrong while they are read. */
async function* watchedTables(
  tables: AsyncIterable<SourceTable>,
  onError: (error: unknown) => Promise<never>,
): AsyncGenerator<SourceTable> {
  async function* watched<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* items;
    } catch (error) {
      await onError(error);
    }
  }
  for await (const table of watched(tables)) {
    yield {
      name: table.name,
      columns: table.columns,
      read: (projection) => watched(table.read(projection)),
      skip: () => table.skip().catch(onError),
    };
  }
}
