import { statfs } from 'node:fs/promises';
import type { Dispatcher } from 'undici';
import { SourceError } from '../../errors.ts';
import { sha256OfFile } from '../file.ts';
import { fileNameOf, shown } from './address.ts';
import { type Answer, ask } from './ask.ts';
import { diskFull, Interrupted, parseRetryAfter, storageFailure } from './failure.ts';
import type { DownloadLimits } from './limits.ts';
import { Part } from './part.ts';
import { persist } from './retry.ts';
import type { Store, StoredFile } from './store.ts';
import { ifNoneOf, ifRange, parseContentRange, sameTag, type Validators } from './validators.ts';

/** What one download works with. */
export interface DownloadOptions {
  readonly store: Store;
  readonly connections: Dispatcher;
  readonly limits: DownloadLimits;
  readonly signal: AbortSignal;
  /** What is in use already, by its URL; when the server still has that, there is nothing to fetch. */
  readonly published: (Validators & { readonly url: string }) | null;
  /** Bytes that are here, and of the whole file where the server tells. */
  readonly onBytes: (received: number, total: number | null) => void;
}

export type Download =
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'file'; readonly name: string; readonly path: string; readonly stored: StoredFile };

/**
 * Fetches a file into the store: not at all when it is there or in use already, else from where the last attempt
 * ended, be that of this process or of one that was killed. It takes its name when it is complete.
 * @throws SourceError, and RebuildError when the disk is full. What may be continued stays as a part.
 */
export async function download(url: URL, options: DownloadOptions): Promise<Download> {
  const { store, limits, signal } = options;
  const name = fileNameOf(url);
  let transfer: Transfer | null = null;
  try {
    const part = await Part.claim(store.folder, name, shown(url));
    transfer = new Transfer(url, name, part, options);
    const { attempt, hasProgressed } = transfer;
    const result = await persist(attempt, hasProgressed, limits, signal);
    if (result.outcome !== 'file' || !transfer.isComplete) await part.discard();
    return result;
  } catch (thrown) {
    const goesOn = signal.aborted || (thrown instanceof SourceError && thrown.cause instanceof Interrupted);
    await transfer?.end(goesOn);
    signal.throwIfAborted();
    if (goesOn) throw new SourceError(`${shown(url)}: ${(thrown as Error).message}`, { cause: thrown });
    throw storageFailure(thrown, store.folder);
  }
}

class Transfer {
  readonly #url: URL;
  readonly #name: string;
  readonly #part: Part;
  readonly #options: DownloadOptions;
  #furthest: number;
  /** The part has become the file. */
  isComplete = false;

  constructor(url: URL, name: string, part: Part, options: DownloadOptions) {
    this.#url = url;
    this.#name = name;
    this.#part = part;
    this.#options = options;
    this.#furthest = part.size;
  }

  readonly attempt = async (): Promise<Download> => {
    const { store, published, connections, limits, signal } = this.#options;
    const stored = await store.find(this.#name, shown(this.#url));
    const inUse = published?.url === shown(this.#url) ? published : null;
    const known = [inUse, stored].filter((validators) => validators !== null);
    const headers = { ...ifNoneOf(known), ...this.#rangeHeaders() };
    const answer = await ask(this.#url, headers, connections, limits, signal);
    if (answer.status === 200 || answer.status === 206) return this.#receive(answer);
    answer.drop();
    if (answer.status === 304) return this.#notModified(answer, inUse, stored);
    if (answer.status === 404 || answer.status === 410) return { outcome: 'absent' };
    throw await this.#refusal(answer);
  };

  /** Whether the last attempt brought enough more than all before it. */
  readonly hasProgressed = (): boolean => {
    if (this.#part.size < this.#furthest + this.#options.limits.progressBytes) return false;
    this.#furthest = this.#part.size;
    return true;
  };

  /** Closes the part, after a failure; keeps it when it can be continued. */
  async end(goesOn: boolean): Promise<void> {
    if (this.isComplete) return;
    await (goesOn ? this.#part.release() : this.#part.discard());
  }

  #rangeHeaders(): Record<string, string> {
    const { size, state } = this.#part;
    return size > 0 && state?.ifRange ? { range: `bytes=${size}-`, 'if-range': state.ifRange } : {};
  }

  async #notModified(answer: Answer, inUse: Validators | null, stored: StoredFile | null): Promise<Download> {
    const tag = answer.header('etag');
    const isInUse = inUse !== null && (stored === null || sameTag(inUse.etag, tag));
    // Also when both are the same: what is published need not be fetched, whether it is here or not.
    if (isInUse) return { outcome: 'unchanged' };
    if (stored === null) throw new SourceError(`${shown(this.#url)} answers 304 without having been asked`);
    const { store } = this.#options;
    const path = store.pathOf(this.#name);
    if ((await sha256OfFile(path)) === stored.sha256) {
      return { outcome: 'file', name: this.#name, path, stored };
    }
    await store.forget(this.#name);
    throw new Interrupted('the file of the last download has been changed');
  }

  async #refusal(answer: Answer): Promise<Error> {
    const { status } = answer;
    if (status === 416) {
      await this.#part.clear();
      return new Interrupted('the server has less of the file than has come already');
    }
    const message = `the server answers ${status}`;
    if (status === 408 || status === 425 || status === 429 || status >= 500) {
      return new Interrupted(message, { retryAfterMs: parseRetryAfter(answer.header('retry-after')) });
    }
    return new SourceError(`${shown(this.#url)}: ${message}`);
  }

  async #receive(answer: Answer): Promise<Download> {
    const { limits, onBytes } = this.#options;
    const part = this.#part;
    const total = await this.#begin(answer).catch((error: unknown) => {
      answer.drop();
      throw error;
    });
    for await (const chunk of answer.body) {
      if (part.size + chunk.length > limits.maxBytes) throw this.#tooLarge();
      await part.append(chunk);
      onBytes(part.size, total);
    }
    if (total !== null && part.size > total) await part.clear();
    if (total !== null && part.size !== total) throw new Interrupted('the file ended too early');
    return this.#complete();
  }

  /** Has the part stand where the body begins. @returns the size of the whole file, null when it is not told. */
  async #begin(answer: Answer): Promise<number | null> {
    const part = this.#part;
    if (/^text\/html\b/i.test(answer.header('content-type') ?? '')) {
      throw new SourceError(`${shown(this.#url)} is a web page, not a file of vPIC`);
    }
    const range = parseContentRange(answer.header('content-range'));
    const length = answer.header('content-length');
    const total = answer.status === 206 ? (range?.total ?? null) : length === null ? null : Number(length);
    if (total !== null && total > this.#options.limits.maxBytes) throw this.#tooLarge();
    if (answer.status === 206) {
      // A server that does not know If-Range sends the rest of whatever it has now.
      const sent = answer.header('etag');
      const begun = part.state;
      const same =
        begun !== null && (sent === null || sent === begun.etag) && total === (begun.total ?? total);
      if (!same || range?.start !== part.size) {
        await part.clear();
        throw new Interrupted('the server sent another piece than it was asked for');
      }
    } else {
      const validators = { etag: answer.header('etag'), lastModified: answer.header('last-modified') };
      const continues = ifRange(validators, answer.header('date'));
      await part.restart({ url: shown(this.#url), ...validators, ifRange: continues, total });
    }
    await this.#checkSpace(total);
    return total;
  }

  async #checkSpace(total: number | null): Promise<void> {
    const { folder } = this.#options.store;
    const { bavail, bsize, blocks } = await statfs(folder);
    // Some network disks tell nothing: there the writing finds out.
    if (total !== null && blocks > 0 && total - this.#part.size > bavail * bsize) throw diskFull(folder);
  }

  async #complete(): Promise<Download> {
    const { store } = this.#options;
    const path = store.pathOf(this.#name);
    const { state, size } = this.#part;
    // In this order, so that a record never stands beside a file it is not of.
    await store.forget(this.#name);
    await this.#part.finish(path);
    this.isComplete = true;
    const { url = shown(this.#url), etag = null, lastModified = null } = state ?? {};
    const stored = { url, etag, lastModified, size, sha256: await sha256OfFile(path) };
    await store.remember(this.#name, stored);
    return { outcome: 'file', name: this.#name, path, stored };
  }

  #tooLarge(): SourceError {
    return new SourceError(`${shown(this.#url)} has more than ${this.#options.limits.maxBytes} bytes`);
  }
}
