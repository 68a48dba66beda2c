/** Deals a whole number out evenly: after as many calls as there are takers exactly all of it is gone. */
export class Spread {
  readonly #total: number;
  readonly #takers: number;
  #taker = 0;
  #dealt = 0;

  constructor(total: number, takers: number) {
    this.#total = Math.max(total, 0);
    this.#takers = takers;
  }

  /** What the next taker gets. */
  next(): number {
    this.#taker++;
    const until = Math.floor((this.#taker / this.#takers) * this.#total + 1e-9);
    const share = until - this.#dealt;
    this.#dealt = until;
    return share;
  }
}

/** A number in [0, 2^32) that three others determine; near ones are far apart. */
export function mixed(a: number, b: number, c: number): number {
  let hash =
    Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^
    Math.imul(b + 0x7f4a7c15, 0xc2b2ae35) ^
    Math.imul(c + 1, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}
