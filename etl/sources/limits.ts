/** What a dump may cost us at most. NHTSA's of September 2026: 336 MB of SQL, 4.4 times its zip, longest line 1.6 kB. */
export interface DumpLimits {
  /** Longest line in bytes. A line is held in memory; one field of vPIC has at most a few kilobytes. */
  readonly maxLineBytes: number;
  /** All of the SQL after decompression, in bytes: ten times today's size. */
  readonly maxBytes: number;
  /** Decompressed to compressed: SQL dumps stay below 30, a bomb of repeated bytes comes near deflate's 1032. */
  readonly maxRatio: number;
  /** COPY blocks. NHTSA has 97; each costs a statement and a row in the run log, so a million would keep us busy. */
  readonly maxTables: number;
  /** How much is parsed at a time, in bytes; also about the size of the COPY chunks that come out. */
  readonly blockBytes: number;
}

export const DUMP_LIMITS: DumpLimits = {
  maxLineBytes: 1024 * 1024,
  maxBytes: 4 * 1024 ** 3,
  maxRatio: 100,
  maxTables: 1000,
  blockBytes: 128 * 1024,
};
