/** Which positions a value rests on, and which values rest on a position. */

import type { Element, Explained, Position } from './answers.ts';
import { PARTS, spans } from './vin-parts.ts';
import { percent } from './words.ts';

/** The positions that a value rests on. Those of the manufacturer and of the year are told by what each decides. */
export function positionsBehind({ positions, Variable }: Element, all: readonly Position[]): number[] {
  if (positions.length > 0) return positions;
  return all.filter(({ decides }) => decides.includes(Variable)).map(({ position }) => position);
}

/** Values with the same key, which is what decided all of them at once. */
export interface KeyGroup {
  keys: string;
  positions: number[];
  elements: Element[];
}

/** All values by key; the key with the most values first. */
export function groups({ explanation }: Explained): KeyGroup[] {
  const found = new Map<string, KeyGroup>();
  for (const element of explanation.elements) {
    const positions = positionsBehind(element, explanation.positions);
    const keys = element.keys ?? '';
    const name = `${keys} ${positions.join()}`;
    const group = found.get(name) ?? { keys, positions, elements: [] };
    group.elements.push(element);
    found.set(name, group);
  }
  return [...found.values()].sort((one, other) => other.elements.length - one.elements.length);
}

/** What rests on a position, by key. */
export function groupsAt(position: number, decoded: Explained): KeyGroup[] {
  return groups(decoded).filter(({ positions }) => positions.includes(position));
}

/** What the parts of a VIN are called; a small maker's identifier has a second half (49 CFR 565.15(a)). */
export function roleAt({ position, role }: Position): string {
  if (role === 'manufacturer' && position > 3) return 'manufacturer, second half';
  return PARTS.find(({ from, to }) => position >= from && position <= to)?.name ?? role;
}

/** From which doubt on it is said of every character. */
const SAID_DOUBT = 0.01;

/** What is heard of a cell. */
export function labelOf(position: Position, decoded: Explained): string {
  const variables = [
    ...new Set(
      groupsAt(position.position, decoded).flatMap(({ elements }) => elements.map((e) => e.Variable)),
    ),
  ];
  const what = variables.length > 0 ? `Decides ${variables.join(', ')}` : nothingRests(position);
  const unknown = position.isKnown ? '' : ' Not a character that this manufacturer is known to use here.';
  const doubt = (position.doubt ?? 0) >= SAID_DOUBT ? ` Mistyped with ${percent(position.doubt ?? 0)}.` : '';
  return `Position ${position.position}, ${position.character}, ${roleAt(position)}. ${what}.${unknown}${doubt}`;
}

/** Why nothing rests on a position. */
export function nothingRests({ role }: Position): string {
  if (role === 'check digit') return 'It guards the other sixteen and decides nothing itself';
  if (role === 'serial number') return 'It tells this vehicle from the others of its kind';
  return 'The data knows nothing that rests on it';
}

/** "Rests on 4 to 8". */
export function restsOn(positions: readonly number[]): string {
  return positions.length === 0 ? 'Rests on no position' : `Rests on ${spans(positions)}`;
}
