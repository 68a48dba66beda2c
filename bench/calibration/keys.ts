import { vinCharacters } from './misreading.ts';

/** VIN position (1-based) of each position of a key; 0 where the key has the `|` between positions 8 and 10. */
const vinPositions: readonly number[] = [4, 5, 6, 7, 8, 0, 10, 11, 12, 13, 14, 15, 16, 17];

/** What a key asks for at one VIN position: any of these VIN characters (none: no VIN can match). */
export interface Demand {
  position: number;
  characters: string;
}

const parsed = new Map<string, Demand[]>();

/**
 * What a pattern's key asks of a VIN, wildcards left out. A character for each of
 * positions 4-8, `|`, 10-17; `*` is any, `[A-CX]` a class, `#` a digit (of a formula).
 */
export function demandsOf(keys: string): Demand[] {
  const known = parsed.get(keys);
  if (known !== undefined) return known;
  // "1-A" in a class is a slip in two of NHTSA's keys, read as "1A" as the decoder does.
  const tokens = (keys.includes('[') ? keys.replaceAll('1-A', '1A') : keys).match(/\[[^\]]*\]|./g) ?? [];
  const demands = tokens.flatMap((token, index): Demand[] => {
    const position = vinPositions[index] ?? 0;
    if (token === '*' || position === 0) return [];
    return [{ position, characters: charactersOf(token) }];
  });
  parsed.set(keys, demands);
  return demands;
}

function charactersOf(token: string): string {
  if (token === '#') return '0123456789';
  if (token.startsWith('[') && token.endsWith(']')) {
    const pattern = new RegExp(token);
    return Array.from(vinCharacters)
      .filter((character) => pattern.test(character))
      .join('');
  }
  return vinCharacters.includes(token) ? token : '';
}

/** The characters that are in both texts. */
export function common(a: string, b: string): string {
  if (a.length === 1) return b.includes(a) ? a : '';
  return Array.from(a)
    .filter((character) => b.includes(character))
    .join('');
}
