/** Runs sections one after the other; what goes wrong with one is its objection, and the others run all the same. */

import { setTimeout as sleep } from 'node:timers/promises';
import { describe } from '../../server/failure.ts';
import { type Extent, NO_HARM, type Outcome, type Section } from './section.ts';

/** More than any section takes; a run that hangs in the night should still say what it knows in the morning. */
const LIMIT_MS = { least: 15 * 60_000, full: 100 * 60_000 };

/** The section's outcome, within a limit, whatever it throws. */
export async function runSection(section: Section, extent: Extent): Promise<Outcome> {
  const limitMs = Math.max(LIMIT_MS.least, LIMIT_MS.full * extent.share);
  const over = new AbortController();
  try {
    return await Promise.race([
      section.run(extent),
      sleep(limitMs, null, { signal: over.signal }).then(() => {
        throw new Error(`it was not through after ${Math.round(limitMs / 60_000)} minutes`);
      }),
    ]);
  } catch (error) {
    extent.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return {
      counts: {},
      harm: NO_HARM,
      rows: [],
      objections: [`The section did not come to its end: ${describe(error)}`],
    };
  } finally {
    over.abort();
  }
}
