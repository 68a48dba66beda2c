/** One load for everyone who asks for the same thing at the same time. */
export class Flights<Value> {
  readonly #underWay = new Map<string, Promise<Value>>();

  /** What `load` gives, or what the load of the same key that is under way gives or fails with. */
  once(key: string, load: () => Promise<Value>): Promise<Value> {
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    const loading = load().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, loading);
    return loading;
  }
}
