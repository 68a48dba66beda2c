/**
 * An entry as bytes that servers share. A line about the body, then the body as it is sent:
 *
 *     <check of the line> {"build":…,"version":…,"digest":…,"frame":…,"until":…}⏎<body>
 *
 * The check covers the line, the digest in it the body: what was cut short, overwritten or written by another program
 * is found out, whichever byte is wrong.
 */

import { hash } from 'node:crypto';
import { z } from 'zod';
import { digestOf, type Entry } from './store.ts';

/** An entry and how long it is good for. */
export interface PackedEntry {
  readonly entry: Entry;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Bytes of the check: 96 bits in base64url. This is about accidents: who may write into Redis may write anything. */
const CHECK = 16;

const LINE_FEED = 0x0a;

/** Longest line: a frame has some 200 characters, a version some 30. */
const LONGEST_LINE = 4096;

const about = z.strictObject({
  build: z.string(),
  version: z.string(),
  digest: z.string(),
  frame: z.array(z.string()).readonly().optional(),
  until: z.number(),
});

/** @param build which program's answers these are: another one may answer differently from the same data */
export function pack({ entry, until }: PackedEntry, build: string): Buffer {
  const { body, version, digest, frame } = entry;
  const line = JSON.stringify({ build, version, digest, frame, until } satisfies z.input<typeof about>);
  return Buffer.concat([Buffer.from(`${checkOf(line)} ${line}\n`), body]);
}

/** @returns null for whatever {@link pack} did not make for this build */
export function unpack(bytes: Buffer, build: string): PackedEntry | null {
  const end = bytes.subarray(0, LONGEST_LINE).indexOf(LINE_FEED);
  if (end <= CHECK) return null;
  const line = bytes.toString('utf8', CHECK + 1, end);
  if (bytes.toString('latin1', 0, CHECK + 1) !== `${checkOf(line)} `) return null;
  const said = about.safeParse(JSON.parse(line)).data;
  if (said === undefined || said.build !== build) return null;
  const { version, digest, frame, until } = said;
  // Memory of its own: the bytes are a part of what came over the network, which would stay as long as they do.
  const body = Buffer.allocUnsafeSlow(bytes.length - end - 1);
  bytes.copy(body, 0, end + 1);
  if (digestOf(body) !== digest) return null;
  return { entry: { body, digest, version, ...(frame && { frame }) }, until };
}

function checkOf(line: string): string {
  return hash('sha256', line, 'base64url').slice(0, CHECK);
}
