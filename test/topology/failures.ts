/** What kinds of failed requests there are, and who failed. */

import { z } from 'zod';

/** A request that did not get what it asked for. */
export interface Failed {
  readonly status: number | null;
  readonly contentType: string | null;
  readonly text: string;
}

/** The kind of a failure, in words that a table has room for. */
export function kindOf({ status, contentType, text }: Failed): string {
  if (status === null) return /timeout|timed out/i.test(text) ? 'no answer in time' : 'connection broken';
  if (contentType?.includes('problem+json')) return `${status} of a server`;
  // The balancer has no words of ours.
  return `${status} of the balancer`;
}

const problem = z.object({ detail: z.string() });

/** Why, in the words of whoever failed. */
export function reasonOf({ text }: Failed): string {
  try {
    return problem.parse(JSON.parse(text)).detail;
  } catch {
    return text.slice(0, 300);
  }
}

/** Counts by kind, as one cell of a table. */
export function describeFailures(failures: Readonly<Record<string, number>>): string {
  const kinds = Object.entries(failures).sort(([, a], [, b]) => b - a);
  return kinds.length === 0 ? '0' : kinds.map(([kind, count]) => `${count} × ${kind}`).join(', ');
}
