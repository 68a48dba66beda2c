/** What a download may cost us at most. NHTSA's file of September 2026 has 76 MB. */
export interface DownloadLimits {
  /** Until the connection stands, in milliseconds. */
  readonly connectMs: number;
  /** Without a byte, before the answer's head or within its body. */
  readonly idleMs: number;
  /** For everything: all months asked for, all attempts, all waiting between them. */
  readonly totalMs: number;
  /** Of one file. */
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Further attempts after ones that brought the file no further. */
  readonly retries: number;
  /** An attempt that brought at least this much does not count: a long file over a bad line still arrives. */
  readonly progressBytes: number;
  /** The first wait is drawn from 0 to this, each further one from twice as much. */
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
  /** How long a server's Retry-After is obeyed; one that asks for more ends the run. */
  readonly maxRetryAfterMs: number;
}

export const DOWNLOAD_LIMITS: DownloadLimits = {
  connectMs: 15_000,
  // Nothing for a minute is a dead line: a slow one sends a packet every few seconds at least.
  idleMs: 60_000,
  // 76 MB in an hour is 170 kbit/s. Whoever has less should fetch the file by other means.
  totalMs: 3_600_000,
  maxBytes: 1024 ** 3,
  // A move to another host, to https and to the file itself make three.
  maxRedirects: 5,
  // With the waits below about two minutes on average: longer than a restart of a web server.
  retries: 7,
  progressBytes: 256 * 1024,
  backoffMs: 1_000,
  maxBackoffMs: 60_000,
  maxRetryAfterMs: 600_000,
};
