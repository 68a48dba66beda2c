/** Lists of VINs: sent as NDJSON, answered a line at a time while the rest is still being decoded. */

import type { Decoded } from './answers.ts';
import { Failure, send } from './api.ts';

/** A line that could not be decoded. */
export interface RefusedLine {
  line: number;
  detail: string;
}

/** A decoded line. Every value with its source would be five times as much, for each of what may be a million lines. */
export type Row = Omit<Decoded, 'rawData' | 'fieldConfidence'>;

/** What a line of the list came to. */
export type Outcome = Row | RefusedLine;

/** Whether a line was refused. */
export const isRefused = (outcome: Outcome): outcome is RefusedLine => !('vin' in outcome);

/** The lines of a text that hold something; a heading such as "VIN" or "vin,year" is none of them. */
export function linesOf(text: string): string[] {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return /^"?vin"?([,;\t]|$)/i.test(lines[0] ?? '') ? lines.slice(1) : lines;
}

/**
 * The outcomes of the lines in their order, in batches as they arrive.
 *
 * @throws Failure when there is no answer, or when it breaks off
 */
export async function* decodeLines(lines: readonly string[], signal: AbortSignal): AsyncGenerator<Outcome[]> {
  const { body } = await send('/api/vehicles/decode', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: lines.join('\n'),
    signal,
  });
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let received = 0;
  for (;;) {
    const { done, value } = await readFrom(reader);
    if (done) break;
    const parts = (rest + value).split('\n');
    rest = parts.pop() ?? '';
    const outcomes = parts.filter((part) => part !== '').map(outcomeOf);
    received += outcomes.length;
    if (outcomes.length > 0) yield outcomes;
  }
  if (received < lines.length) throw broken();
}

/** A line of the answer. @throws Failure when it tells why no more will come */
function outcomeOf(text: string): Outcome {
  const outcome = JSON.parse(text) as Decoded | RefusedLine | { detail: string };
  if ('line' in outcome) return outcome;
  if ('vin' in outcome) {
    const { rawData: _, fieldConfidence: __, ...row } = outcome;
    return row;
  }
  throw new Failure('away', outcome.detail);
}

async function readFrom(
  reader: ReadableStreamDefaultReader<string>,
): Promise<ReadableStreamReadResult<string>> {
  try {
    return await reader.read();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw broken();
  }
}

const broken = (): Failure =>
  new Failure('unreachable', 'The connection broke before the whole list was decoded.');
