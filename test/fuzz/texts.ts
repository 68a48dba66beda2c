/** Texts of every kind that somebody may send as a VIN, from a seed. */

const VIN_CHARACTERS = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';
const ODD_CHARACTERS = 'IOQ*#_%,-|[]!?. \t\n\r\\\'"éßİıǅ１中😀$()+^{}&;';
const LONGEST = 3_000_000;

/** `plain` reads like a VIN of a known maker; the others differ from it in the way their name says. */
export const KINDS = ['plain', 'replaced', 'cut', 'added', 'lower case', 'any characters', 'huge'] as const;
export type Kind = (typeof KINDS)[number];

/** Random numbers in [0, 1) from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Texts {
  readonly #random: () => number;
  readonly #wmis: readonly string[];

  constructor(seed: number, wmis: readonly string[]) {
    this.#random = randomFrom(seed);
    this.#wmis = wmis;
  }

  next(kind: Kind): string {
    switch (kind) {
      case 'plain':
        return this.#plain();
      case 'replaced': {
        const at = this.#integer(17);
        return splice(this.#plain(), at, this.#pick(this.#random() < 0.5 ? ODD_CHARACTERS : VIN_CHARACTERS));
      }
      case 'cut':
        return this.#plain().slice(0, this.#integer(17));
      case 'added':
        return this.#plain() + this.#pick(ODD_CHARACTERS);
      case 'lower case':
        return this.#plain().toLowerCase();
      case 'any characters':
        return Array.from({ length: this.#integer(25) }, () => this.#codePoint()).join('');
      case 'huge':
        return this.#pick(VIN_CHARACTERS + ODD_CHARACTERS).repeat(this.#integer(LONGEST));
    }
  }

  /** A caller's model year, mostly none, sometimes nonsense. */
  year(): number | null {
    return this.#random() < 0.7 ? null : this.#integer(3000) - 200;
  }

  #plain(): string {
    const wmi = this.#wmis[this.#integer(this.#wmis.length)] ?? '1HG';
    const rest = Array.from({ length: 14 }, () => this.#pick(VIN_CHARACTERS)).join('');
    const vin = wmi.slice(0, 3) + rest;
    return wmi.length === 6 ? vin.slice(0, 11) + wmi.slice(3) + vin.slice(14) : vin;
  }

  /** PostgreSQL's text holds every character but U+0000; lone surrogates are no characters. */
  #codePoint(): string {
    return String.fromCodePoint(1 + this.#integer(this.#random() < 0.7 ? 255 : 0xd7fe));
  }

  #pick(characters: string): string {
    const all = [...characters];
    return all[this.#integer(all.length)] ?? '';
  }

  #integer(below: number): number {
    return Math.floor(this.#random() * below);
  }
}

function splice(text: string, at: number, character: string): string {
  return text.slice(0, at) + character + text.slice(at + 1);
}
