/** What a part of the reliability run is, and what it says when it is through. */

/** How a section is run: `npm test` takes seconds of what `npm run test:reliability` takes minutes of. */
export interface Extent {
  /** 1 is the full run, as docs/RELIABILITY.md reports it; 0.01 takes a hundredth of the time and of the inputs. */
  readonly share: number;
  /** Everything random is drawn from it, so that a run can be had again. */
  readonly seed: number;
  /** A line of progress for whoever watches. */
  readonly say: (line: string) => void;
}

/** What has to be zero, whatever was done to the service. */
export interface Harm {
  /** Answers that say something else than what is right. */
  readonly wrong: number;
  /** Writes that were acknowledged and are not there. */
  readonly lost: number;
  /** Answers of 5xx that the contract does not know, which is all but its 503. */
  readonly unexpected5xx: number;
  /** Processes that ended by themselves. */
  readonly crashes: number;
  /** Requests that were never answered. */
  readonly hangs: number;
}

export interface Outcome {
  /** How much was done: requests, faults, inputs, kills. Counts, by what they count. */
  readonly counts: Readonly<Record<string, number>>;
  readonly harm: Harm;
  /** A table of the report: a row is a record with the same keys as all other rows. */
  readonly rows: readonly Readonly<Record<string, string | number>>[];
  /** What else should not have been, a sentence each; none when the section has shown what it is for. */
  readonly objections: readonly string[];
}

export interface Section {
  /** For `--only`, such as "soak". */
  readonly name: string;
  /** The report's heading. */
  readonly title: string;
  /** What it does and what it shows, for the report: two or three sentences. */
  readonly about: string;
  run(extent: Extent): Promise<Outcome>;
}

export const NO_HARM: Harm = { wrong: 0, lost: 0, unexpected5xx: 0, crashes: 0, hangs: 0 };
