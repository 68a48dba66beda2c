/** What has been opened, closed in reverse order, once. */
export class Teardown {
  readonly #steps: (() => Promise<unknown>)[] = [];
  #running: Promise<unknown[]> | null = null;

  /** Remembers how to close something. */
  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  /**
   * Closes everything. A step that fails does not keep the others from being closed.
   * @returns the errors of the steps that failed
   */
  run(): Promise<unknown[]> {
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<unknown[]> {
    const errors: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      await step().catch((error: unknown) => errors.push(error));
    }
    return errors;
  }
}
