import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, open, stat } from 'node:fs/promises';
import { SourceError } from '../errors.ts';

/** Size in bytes of a readable, non-empty regular file. @throws SourceError when it is not one. */
export async function sizeOfFile(path: string): Promise<number> {
  try {
    const { size } = await stat(path).then((stats) => {
      if (!stats.isFile()) throw new SourceError(`${path} is not a file`);
      return stats;
    });
    await access(path, constants.R_OK);
    if (size === 0) throw new SourceError(`${path} is empty`);
    return size;
  } catch (error) {
    throw unreadable(error, path);
  }
}

/** SHA-256 of a file as lower-case hex, streamed. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
  } catch (error) {
    throw unreadable(error, path);
  }
  return hash.digest('hex');
}

/** `length` bytes of a file from `position` on (fewer at its end). */
export async function readBytes(path: string, position: number, length: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function unreadable(error: unknown, path: string): Error {
  if (error instanceof SourceError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return new SourceError(`${path} does not exist`, { cause: error });
  if (code === 'EACCES') return new SourceError(`${path} may not be read by this user`, { cause: error });
  return new SourceError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
}
