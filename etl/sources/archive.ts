import { createReadStream } from 'node:fs';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { SourceError } from '../errors.ts';
import { readBytes, sizeOfFile } from './file.ts';
import type { DumpLimits } from './limits.ts';

/** The SQL of a dump file, decompressed. */
export interface DumpText {
  /** Single use. The file is opened for the first chunk and closed with the iteration, however that ends. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Size of the SQL in bytes as far as the container tells; null when it does not. */
  readonly bytes: number | null;
  /** Size of the file itself in bytes. */
  readonly fileSize: number;
}

/** Real archives hold one file; a directory of thousands is a way to keep us busy. */
const MAX_ENTRIES = 100;
const READ_BYTES = 256 * 1024;

/**
 * Opens `.zip`, `.sql.gz` or `.sql`. What is inside decides as well as the name: a file that is not what its name
 * says is refused. Nothing is written to disk, so names inside an archive cannot lead anywhere.
 * @throws SourceError at once for what can be seen from the outside, while reading for what cannot.
 */
export async function openDumpText(path: string, limits: DumpLimits): Promise<DumpText> {
  const size = await sizeOfFile(path);
  const magic = (await readBytes(path, 0, 5)).toString('latin1');
  if (magic === 'PGDMP') {
    throw new SourceError(`${path} is pg_dump's custom format: take the ".plain.zip" instead`);
  }
  if (/\.zip$/i.test(path)) return openZip(path, size, limits);
  if (/\.gz$/i.test(path)) return openGzip(path, size, magic, limits);
  if (magic.startsWith('PK\u0003\u0004') || magic.startsWith('\u001f\u008b')) {
    throw new SourceError(`${path} is compressed: name it .zip or .sql.gz`);
  }
  const open = (): Readable => createReadStream(path, { highWaterMark: READ_BYTES });
  return { chunks: guarded(open, path, size, limits), bytes: size, fileSize: size };
}

async function openGzip(path: string, size: number, magic: string, limits: DumpLimits): Promise<DumpText> {
  if (!magic.startsWith('\u001f\u008b') || size < 18) throw new SourceError(`${path} is not a gzip file`);
  // The last four bytes hold the size modulo 2^32, which is beyond our limit; it only feeds the progress bar.
  const bytes = (await readBytes(path, size - 4, 4)).readUInt32LE(0);
  const open = (): Readable => {
    const packed = createReadStream(path, { highWaterMark: READ_BYTES });
    return inflated(packed, createGunzip({ chunkSize: READ_BYTES }));
  };
  return { chunks: guarded(open, path, size, limits), bytes: bytes >= size ? bytes : null, fileSize: size };
}

async function openZip(path: string, size: number, limits: DumpLimits): Promise<DumpText> {
  const { entry, start } = await findSql(path);
  checkSize(entry.uncompressedSize, entry.compressedSize, path, limits);
  if (entry.compressedSize === 0 || entry.uncompressedSize === 0) {
    throw new SourceError(`${path} holds an empty file`);
  }
  // yauzl finds the entry; inflating is ours: its streams let zlib errors escape once they are destroyed, work in
  // pieces of 16 kB, and do not compare the checksum.
  const open = (): Readable => {
    const end = start + entry.compressedSize - 1;
    const packed = createReadStream(path, { start, end, highWaterMark: READ_BYTES });
    return entry.isCompressed() ? inflated(packed, createInflateRaw({ chunkSize: READ_BYTES })) : packed;
  };
  const chunks = verified(guarded(open, path, entry.compressedSize, limits), entry, path);
  return { chunks, bytes: entry.uncompressedSize, fileSize: size };
}

/** Errors of both streams reach the reader of `inflate`; the listeners keep them from being thrown on their own. */
function inflated(packed: Readable, inflate: Transform): Readable {
  inflate.on('error', () => {});
  pipeline(packed, inflate, () => {});
  return inflate;
}

/** The one .sql entry of an archive, and where its data begins in the file. */
async function findSql(path: string): Promise<{ entry: Entry; start: number }> {
  let zip: ZipFile;
  try {
    // Names stay bytes: yauzl would otherwise refuse odd paths, which mean nothing to us.
    zip = await openPromise(path, { autoClose: false, decodeStrings: false });
  } catch (error) {
    throw new SourceError(`${path} is not a zip file, or is cut off`, { cause: error });
  }
  try {
    const entry = await theSqlEntry(zip, path);
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return { entry, start: fileDataStart };
  } catch (error) {
    throw error instanceof SourceError ? error : damaged(path, error);
  } finally {
    zip.close();
  }
}

async function theSqlEntry(zip: ZipFile, path: string): Promise<Entry> {
  if (zip.entryCount > MAX_ENTRIES)
    throw new SourceError(`${path} holds ${zip.entryCount} files instead of one`);
  const found: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    if (/\.sql$/i.test(entry.fileNameRaw.toString('latin1'))) found.push(entry);
  }
  const [entry] = found;
  if (!entry || found.length > 1) {
    throw new SourceError(`${path} holds ${found.length} .sql files instead of one`);
  }
  if (!entry.canDecodeFileData())
    throw new SourceError(`${path} is encrypted or compressed in an unusual way`);
  return entry;
}

/** Compares size and checksum with the archive's directory once everything has passed. */
async function* verified(chunks: AsyncIterable<Buffer>, entry: Entry, path: string): AsyncGenerator<Buffer> {
  let size = 0;
  let checksum = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > entry.uncompressedSize) break;
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (size !== entry.uncompressedSize || checksum !== entry.crc32) {
    throw new SourceError(`${path} is damaged: its content is not what its directory says`);
  }
}

/** Passes the SQL on while it stays within the limits; errors of the decompression get the file's name. */
async function* guarded(
  open: () => Readable,
  path: string,
  compressedBytes: number,
  limits: DumpLimits,
): AsyncGenerator<Buffer> {
  let total = 0;
  try {
    for await (const chunk of open()) {
      const bytes = chunk as Buffer;
      total += bytes.length;
      checkSize(total, compressedBytes, path, limits);
      yield bytes;
    }
  } catch (error) {
    throw error instanceof SourceError ? error : damaged(path, error);
  }
}

/** The zip bomb guard. Small files may have any ratio: a megabyte does no harm. */
function checkSize(bytes: number, compressedBytes: number, path: string, limits: DumpLimits): void {
  if (bytes > limits.maxBytes) throw new SourceError(`${path} unpacks to more than ${limits.maxBytes} bytes`);
  if (bytes > 1024 * 1024 && bytes > limits.maxRatio * compressedBytes) {
    throw new SourceError(
      `${path} unpacks to more than ${limits.maxRatio} times its size: not a dump of vPIC`,
    );
  }
}

function damaged(path: string, error: unknown): SourceError {
  return new SourceError(`${path} is damaged: ${(error as Error).message}`, { cause: error });
}
