/** A stream of random numbers that a seed determines: the same seed, the same simulation. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  /** One of the items, each as likely; the list must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** One character of a text, each as likely; the text must not be empty. */
  character(text: string): string;
}

/**
 * A seeded stream (sfc32, 128 bits of state, passes PractRand). `stream` separates the streams of one seed, so that
 * drawing more of one thing does not change another.
 */
export function createRandom(seed: number, stream: string): Random {
  let state = seed >>> 0;
  for (const character of stream)
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x9e3779b1) >>> 0;
  let a = state;
  let b = ~state;
  let c = Math.imul(state, 0x85ebca6b);
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 0x1_0000_0000;
  };
  // The first outputs still show the seed.
  for (let round = 0; round < 15; round++) next();
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new RangeError('there is nothing to pick from');
      return items[below(items.length)] as T;
    },
    character: (text) => text.charAt(below(text.length)),
  };
}
