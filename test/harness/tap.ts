/** One test of a TAP stream. */
export interface TapTest {
  ok: boolean;
  number: number;
  name: string;
  directive: 'skip' | 'todo' | null;
  /** The lines that follow it: what was expected, what came. */
  diagnostics: string[];
}

/**
 * Reads the Test Anything Protocol, of pgTAP and of ava, line by line. It keeps the plan and the numbers, so
 * that a missing, extra or repeated test shows; a count of `not ok` lines would not see it.
 */
export class TapReader {
  readonly tests: TapTest[] = [];
  #plans: { count: number; after: number }[] = [];
  #bailOut: string | null = null;

  line(text: string): void {
    const plan = /^1\.\.(\d+)/.exec(text);
    const test = /^(not )?ok\b(?:\s+(\d+))?(?:\s+-)?\s*(.*)$/.exec(text);
    if (plan !== null) this.#plans.push({ count: Number(plan[1]), after: this.tests.length });
    else if (/^Bail out!/i.test(text)) this.#bailOut = text;
    else if (test !== null) {
      const [, not, number, rest = ''] = test;
      const directive = /\s#\s*(skip|todo)\b/i.exec(` ${rest}`)?.[1]?.toLowerCase();
      this.tests.push({
        ok: not === undefined,
        number: number === undefined ? this.tests.length + 1 : Number(number),
        name: rest,
        directive: directive === 'skip' || directive === 'todo' ? directive : null,
        diagnostics: [],
      });
    } else if (text.trim() !== '') this.tests.at(-1)?.diagnostics.push(text);
  }

  /** Tests that ran and held; skipped ones and those to do are neither passed nor failed. */
  get passed(): number {
    return this.tests.filter((test) => test.ok && test.directive === null).length;
  }

  get failures(): TapTest[] {
    return this.tests.filter((test) => !test.ok && test.directive === null);
  }

  get skipped(): number {
    return this.tests.filter((test) => test.directive !== null).length;
  }

  /**
   * What is wrong with the stream as a whole.
   * @param planFirst whether the plan must come before the first test, so that it says what was meant to run
   */
  problems(planFirst: boolean): string[] {
    const problems: string[] = [];
    const plan = this.#plans[0];
    if (this.#bailOut !== null) problems.push(this.#bailOut);
    if (plan === undefined) problems.push('no plan');
    else {
      if (this.#plans.length > 1) problems.push(`${this.#plans.length} plans`);
      if (planFirst && plan.after > 0) problems.push('the plan comes after tests: begin with select plan(n)');
      if (plan.count !== this.tests.length) {
        problems.push(`${plan.count} tests planned, ${this.tests.length} ran`);
      }
    }
    const wrong = this.tests.find((test, index) => test.number !== index + 1);
    if (wrong !== undefined) problems.push(`test ${wrong.number} is out of order`);
    return problems;
  }
}
