import type { TapReader } from './tap.ts';

/** Counts every test of a run, and prints each failure where it happens. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** @param trouble what is wrong with the stream as a whole; each counts as a failure */
  add(name: string, tap: TapReader, trouble: string[]): void {
    this.passed += tap.passed;
    this.skipped += tap.skipped;
    if (tap.failures.length + trouble.length === 0) return;
    this.failed += tap.failures.length;
    this.#print(`FAILED ${name}`);
    for (const test of tap.failures) {
      this.#print(`  not ok ${test.number} - ${test.name}`);
      for (const line of test.diagnostics) this.#print(`    ${line}`);
    }
    for (const text of trouble) this.#failure(text);
  }

  /** Adds what another one counted. */
  merge({ passed, failed, skipped }: Tally): void {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
  }

  /** Something that is no test of its own went wrong. */
  fail(name: string, reasons: string[]): void {
    this.#print(`FAILED ${name}`);
    for (const reason of reasons) this.#failure(reason);
  }

  #failure(reason: string): void {
    this.failed++;
    this.#print(`  ${reason.replaceAll('\n', '\n  ')}`);
  }

  /** The one line that a run ends with. */
  get summary(): string {
    return `${this.passed} passed, ${this.failed} failed`;
  }

  /** A run in which nothing ran has not succeeded. */
  get isGood(): boolean {
    return this.failed === 0 && this.passed > 0;
  }
}
