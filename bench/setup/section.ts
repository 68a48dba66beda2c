import { Failure } from '../../server/failure.ts';
import type { Findings } from '../report/result.ts';
import type { Options } from './options.ts';
import type { BenchServer } from './server.ts';
import type { VinLists } from './vins.ts';

/** What a section works with. */
export interface Bench {
  options: Options;
  server: BenchServer;
  /** A folder for what outlives a run, made when missing. */
  folder: string;
  /** As ETL_SOURCE names it. */
  source: string;
  signal: AbortSignal;
  /** A line for people, on standard error. */
  say(line: string): void;
  /** A fresh copy of the compiled database, with schema bench; the copy before it is gone. */
  freshDatabase(): Promise<string>;
  /** VINs for this section alone. */
  vins: VinLists;
  /** Registers what has to be closed when the section ends, however it ends. */
  closing(step: () => Promise<unknown>): void;
}

/** A section cannot be measured on this machine: something is not installed. The message says what to do. */
export class LeftOut extends Failure {}

export interface Section {
  /** How --only names it. */
  letter: string;
  title: string;
  /** @throws {LeftOut} when this machine lacks something for it */
  run(bench: Bench): Promise<Findings>;
}

/** Runs every step once a round, so that whatever else the machine does hits all of them alike. */
export async function interleave(
  bench: Pick<Bench, 'options' | 'signal' | 'say'>,
  rounds: number,
  steps: readonly (() => Promise<unknown>)[],
): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    bench.say(`round ${round} of ${rounds}`);
    for (const step of steps) {
      bench.signal.throwIfAborted();
      await step();
    }
  }
}
