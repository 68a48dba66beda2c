import { SingleBar } from 'cli-progress';

export interface StepOptions {
  /** Part of the whole that this step is expected to take, 0 to 1; the shares of all steps add up to 1 at most. */
  readonly share?: number;
  /** Rows or bytes after which the step is complete, when known; without either it jumps from none to all. */
  readonly totalRows?: number | null;
  readonly totalBytes?: number | null;
  /** Part of the whole that is done already, for who has not seen every step before; else the sum of their shares. */
  readonly done?: number;
}

/** What a long piece of work says about itself. Calls are cheap: `advance` may come a hundred times a second. */
export interface Progress {
  /** Begins a step; the one before is complete. */
  step(name: string, options?: StepOptions): void;
  /** What the step is busy with, for the bar only; a table's name. */
  detail(text: string): void;
  advance(rows: number, bytes: number): void;
  /** Everything went well; the summary stays on the screen. */
  done(summary: string): void;
  /** It ended early; takes the bar away, the message stays. */
  fail(message: string): void;
}

/** Where progress goes: a terminal gets a bar, anything else plain lines. */
export type ProgressStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

const BAR_PARTS = 1000;
/** Plain lines within a step come no closer than this, in milliseconds; a log of a long run stays short. */
const LINE_INTERVAL = 2000;

/** Progress that nobody watches. */
export const silentProgress: Progress = {
  step() {},
  detail() {},
  advance() {},
  done() {},
  fail() {},
};

/**
 * @param stream Usually process.stderr, so that stdout stays for results.
 * @param now Clock in milliseconds, for tests.
 */
export function createProgress(
  stream: ProgressStream,
  now: () => number = () => performance.now(),
): Progress {
  const meter = new Meter(now);
  return stream.isTTY ? new BarProgress(stream, meter) : new LineProgress(stream, meter, now);
}

/** Counts; knows nothing about screens. */
class Meter {
  name = '';
  detail = '';
  rows = 0;
  bytes = 0;
  readonly #now: () => number;
  readonly #begun: number;
  #stepBegun: number;
  #options: StepOptions = {};
  #sharesDone = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#begun = now();
    this.#stepBegun = this.#begun;
  }

  begin(name: string, options: StepOptions): void {
    this.#sharesDone = options.done ?? this.#sharesDone + (this.#options.share ?? 0);
    this.#options = options;
    this.name = name;
    this.detail = '';
    this.rows = 0;
    this.bytes = 0;
    this.#stepBegun = this.#now();
  }

  /** Done so far, 0 to 1. */
  get overall(): number {
    const { share = 0, totalRows, totalBytes } = this.#options;
    let step = 0;
    if (totalBytes) step = this.bytes / totalBytes;
    else if (totalRows) step = this.rows / totalRows;
    return Math.min(this.#sharesDone + share * Math.min(step, 1), 1);
  }

  get seconds(): number {
    return (this.#now() - this.#begun) / 1000;
  }

  get stepSeconds(): number {
    return (this.#now() - this.#stepBegun) / 1000;
  }

  /** `412,000 rows, 31.2 MB` of the step, without rows for a download; empty for a step that moves nothing. */
  get amounts(): string {
    if (this.rows > 0) return `${count(this.rows)} rows, ${megabytes(this.bytes)} MB`;
    return this.bytes > 0 ? `${megabytes(this.bytes)} MB` : '';
  }

  /** Rows and megabytes a second in this step; empty in the first tenth of a second. */
  get rates(): string {
    const seconds = this.stepSeconds;
    if (this.amounts === '' || seconds < 0.1) return '';
    const rows = this.rows > 0 ? `${count(Math.round(this.rows / seconds))} rows/s, ` : '';
    return `${rows}${megabytes(this.bytes / seconds)} MB/s`;
  }

  /** `12 s left`, by the shares; empty while a guess would be worth nothing. */
  get left(): string {
    const part = this.overall;
    if (part < 0.02 || part >= 1) return '';
    return `${duration((this.seconds * (1 - part)) / part)} left`;
  }
}

class BarProgress implements Progress {
  readonly #stream: ProgressStream;
  readonly #meter: Meter;
  readonly #bar: SingleBar;
  #running = false;
  // SQL steps run for seconds without a word from us: the clock in the bar must go on all the same.
  #ticker: NodeJS.Timeout | undefined;

  constructor(stream: ProgressStream, meter: Meter) {
    this.#stream = stream;
    this.#meter = meter;
    this.#bar = new SingleBar({
      stream,
      format: '{bar} {percentage}% {line}',
      barsize: 24,
      barCompleteChar: '\u2588',
      barIncompleteChar: '\u2591',
      fps: 10,
      hideCursor: true,
      linewrap: true,
      clearOnComplete: true,
      // Ctrl-C belongs to the program: it cancels the rebuild, which ends in fail().
      gracefulExit: false,
    });
  }

  step(name: string, options: StepOptions = {}): void {
    this.#meter.begin(name, options);
    if (!this.#running) {
      this.#running = true;
      this.#bar.start(BAR_PARTS, 0, { line: name });
      this.#ticker = setInterval(() => this.#show(), 250);
      this.#ticker.unref();
    }
    this.#show();
  }

  detail(text: string): void {
    this.#meter.detail = text;
  }

  advance(rows: number, bytes: number): void {
    this.#meter.rows += rows;
    this.#meter.bytes += bytes;
  }

  done(summary: string): void {
    this.#end(summary);
  }

  fail(message: string): void {
    this.#end(message);
  }

  #show(): void {
    const { name, detail, rates, left, overall } = this.#meter;
    const what = detail ? `${name}: ${detail}` : name;
    const line = [what, rates, left].filter((part) => part !== '').join(' \u00b7 ');
    this.#bar.update(Math.floor(overall * BAR_PARTS), { line });
  }

  #end(message: string): void {
    clearInterval(this.#ticker);
    if (this.#running) this.#bar.stop();
    this.#running = false;
    this.#stream.write(`${message}\n`);
  }
}

class LineProgress implements Progress {
  readonly #stream: ProgressStream;
  readonly #meter: Meter;
  readonly #now: () => number;
  #lastLine = Number.NEGATIVE_INFINITY;

  constructor(stream: ProgressStream, meter: Meter, now: () => number) {
    this.#stream = stream;
    this.#meter = meter;
    this.#now = now;
  }

  step(name: string, options: StepOptions = {}): void {
    this.#finishStep();
    this.#meter.begin(name, options);
    this.#lastLine = this.#now();
  }

  detail(text: string): void {
    this.#meter.detail = text;
  }

  advance(rows: number, bytes: number): void {
    this.#meter.rows += rows;
    this.#meter.bytes += bytes;
    if (this.#now() - this.#lastLine < LINE_INTERVAL) return;
    const { name, detail, amounts, rates } = this.#meter;
    this.#write(
      `${percent(this.#meter.overall)} ${name}: ${[detail, amounts, rates].filter(Boolean).join(', ')}`,
    );
  }

  done(summary: string): void {
    this.#finishStep();
    this.#write(summary);
  }

  fail(message: string): void {
    this.#write(message);
  }

  #finishStep(): void {
    const { name, amounts, stepSeconds } = this.#meter;
    if (name === '') return;
    this.#meter.begin('', {});
    const parts = [amounts, duration(stepSeconds)].filter(Boolean).join(', ');
    this.#write(`${percent(this.#meter.overall)} ${name}: ${parts}`);
  }

  #write(line: string): void {
    this.#lastLine = this.#now();
    this.#stream.write(`${line}\n`);
  }
}

function percent(part: number): string {
  return `${String(Math.floor(part * 100 + 1e-9)).padStart(3)}%`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Seconds as `0.4 s`, `12 s` or `3 min 5 s`. */
function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
