import { isUtf8 } from 'node:buffer';
import { SourceError } from '../errors.ts';
import type { DumpLimits } from './limits.ts';

const NEWLINE = 0x0a;

/**
 * Cuts a stream of bytes into blocks of whole lines (each block ends with a newline) that are valid UTF-8, whatever
 * chunks it arrives in. A last line without newline gets one. Holds one block and one unfinished line at most.
 * @throws SourceError on a line beyond the limit and on invalid UTF-8, with the byte offset in the SQL.
 */
export async function* lineBlocks(
  chunks: AsyncIterable<Buffer>,
  limits: Pick<DumpLimits, 'maxLineBytes' | 'blockBytes'>,
): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let offset = 0;
  const checked = (block: Buffer): Buffer => {
    if (!isUtf8(block)) {
      throw new SourceError(`not a UTF-8 dump: invalid bytes at offset ${offset + firstInvalidUtf8(block)}`);
    }
    offset += block.length;
    return block;
  };

  for await (const chunk of chunks) {
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes < limits.blockBytes) continue;
    const joined = held.length === 1 ? chunk : Buffer.concat(held, heldBytes);
    const end = joined.lastIndexOf(NEWLINE) + 1;
    // Only the first line and the unfinished last one can be longer than the chunks that the stream gives us.
    const longest = end === 0 ? joined.length : Math.max(joined.indexOf(NEWLINE), joined.length - end);
    if (longest > limits.maxLineBytes) {
      throw new SourceError(
        `a line of more than ${limits.maxLineBytes} bytes near offset ${offset}: not a dump of vPIC`,
      );
    }
    if (end > 0) yield checked(joined.subarray(0, end));
    held = end < joined.length ? [joined.subarray(end)] : [];
    heldBytes = joined.length - end;
  }
  if (heldBytes === 0) return;
  if (held.at(-1)?.at(-1) !== NEWLINE) held.push(Buffer.from('\n'));
  yield checked(Buffer.concat(held));
}

/** Offset of the first byte that begins no valid character; the length of the buffer when there is none. */
export function firstInvalidUtf8(bytes: Buffer): number {
  let i = 0;
  while (i < bytes.length) {
    const lead = bytes[i] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length > 1 && !isUtf8(bytes.subarray(i, i + length))) return i;
    i += length;
  }
  return i;
}
