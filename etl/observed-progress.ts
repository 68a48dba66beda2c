import type { Progress, StepOptions } from './progress.ts';

/** How far a run is: what lies in etl.run.progress for everybody who looks. */
export interface RunState {
  readonly step: string;
  /** Part of the whole before this step, and this step's own part; 0 to 1. */
  readonly done: number;
  readonly share: number;
  readonly rows: number;
  readonly totalRows: number | null;
  readonly bytes: number;
  readonly totalBytes: number | null;
}

/** Passes progress on and remembers it, for messages and for those who follow the run from elsewhere. */
export class ObservedProgress implements Progress {
  readonly #shown: Progress;
  #step = '';
  #options: StepOptions = {};
  #done = 0;
  #rows = 0;
  #bytes = 0;

  constructor(shown: Progress) {
    this.#shown = shown;
  }

  /** The step under way, for messages. */
  get current(): string {
    return this.#step;
  }

  get state(): RunState {
    const { share = 0, totalRows = null, totalBytes = null } = this.#options;
    return {
      step: this.#step,
      done: this.#done,
      share,
      rows: this.#rows,
      totalRows,
      bytes: this.#bytes,
      totalBytes,
    };
  }

  step(name: string, options: StepOptions = {}): void {
    this.#done = options.done ?? this.#done + (this.#options.share ?? 0);
    this.#step = name;
    this.#options = options;
    this.#rows = 0;
    this.#bytes = 0;
    this.#shown.step(name, options);
  }

  detail(text: string): void {
    this.#shown.detail(text);
  }

  advance(rows: number, bytes: number): void {
    this.#rows += rows;
    this.#bytes += bytes;
    this.#shown.advance(rows, bytes);
  }

  done(summary: string): void {
    this.#shown.done(summary);
  }

  fail(message: string): void {
    this.#shown.fail(message);
  }
}
