/** What is wrong with a VIN that decoded all the same, with whatever repairs it one click away. */

import { checkDigit, problems } from '../../vin.ts';
import type { Explained } from './answers.ts';
import { h } from './dom.ts';
import { percent } from './words.ts';

/** Characters that are named as the likeliest to be mistyped, and from which doubt on. */
const NAMED_DOUBTS = 3;
const NAMED_FROM = 0.05;

const CLEAN = 0;
const CHECK_DIGIT = 1;
/** The whole VIN as vPIC suggests it, and for each position that may be wrong what fits there: "(4:ACD)(7:2)". */
const POSSIBLE_VALUES = 144;

/** A repaired VIN and why it may be the right one. */
interface Repair {
  vin: string;
  why: string;
}

/** The panel, or null when the VIN is in order. `use` decodes another VIN. */
export function problemsPanel(decoded: Explained, use: (vin: string) => void): HTMLElement | null {
  const errors = decoded.errors.filter(({ code }) => code !== CLEAN);
  if (errors.length === 0) return null;
  const repairs = repairsOf(decoded);
  const doubts = doubtsOf(decoded);
  return h(
    'section',
    { class: 'notice notice-warn', 'aria-labelledby': 'problems-title' },
    h('h2', { id: 'problems-title' }, 'Something is not right with this VIN'),
    h('ul', { class: 'problems' }, ...errors.map((error) => h('li', {}, inWords(error, decoded)))),
    doubts !== null && h('p', {}, doubts),
    repairs.length > 0 &&
      h(
        'div',
        { class: 'repairs' },
        h('h3', {}, repairs.length === 1 ? 'Did you mean this?' : 'Did you mean one of these?'),
        h('ul', {}, ...repairs.map((repair) => repairItem(repair, decoded.vin, use))),
      ),
  );
}

function repairItem({ vin, why }: Repair, from: string, use: (vin: string) => void): HTMLElement {
  const characters = Array.from(vin).map((character, at) =>
    character === from[at] ? character : h('mark', {}, character),
  );
  return h(
    'li',
    {},
    h(
      'button',
      { type: 'button', class: 'button repair mono', 'aria-label': `Decode ${vin}`, onclick: () => use(vin) },
      ...characters,
    ),
    ' ',
    h('span', { class: 'quiet' }, why),
  );
}

/** VINs that differ in one character and fit: what the data suggests first, then the check digit. */
function repairsOf({ vin, suggestedVin, rawData, checkDigit: digit }: Explained): Repair[] {
  const repairs: Repair[] = [];
  const add = (repaired: string, why: string): void => {
    const isNew = repaired !== vin && repairs.every((repair) => repair.vin !== repaired);
    if (isNew && problems(repaired).length === 0) repairs.push({ vin: repaired, why });
  };
  if (suggestedVin !== null) add(suggestedVin, 'fits the data and the check digit');
  const possible = rawData.find(({ VariableId }) => VariableId === POSSIBLE_VALUES)?.Value ?? '';
  const places = [...possible.matchAll(/\((\d+):([^)]+)\)/g)];
  // With several wrong places no single character repairs the VIN.
  if (places.length === 1) {
    for (const [, position, characters] of places) {
      for (const character of characters ?? '') {
        const repaired = replaced(vin, Number(position), character);
        const fits = checkDigit(repaired) === repaired[8];
        if (fits) add(repaired, `“${character}” fits in position ${position}`);
      }
    }
  }
  if (!digit.valid && digit.expected !== null)
    add(replaced(vin, 9, digit.expected), 'if only the check digit is mistyped');
  return repairs;
}

const replaced = (vin: string, position: number, character: string): string =>
  vin.slice(0, position - 1) + character + vin.slice(position);

function doubtsOf({ explanation }: Explained): string | null {
  const named = explanation.positions
    .filter(({ doubt, isKnown }) => isKnown && (doubt ?? 0) >= NAMED_FROM)
    .sort((one, other) => (other.doubt ?? 0) - (one.doubt ?? 0))
    .slice(0, NAMED_DOUBTS)
    .map(({ position, character, doubt }) => `${character} in position ${position} (${percent(doubt ?? 0)})`);
  return named.length === 0 ? null : `Likeliest to be mistyped: ${named.join(', ')}.`;
}

function inWords({ code, text }: { code: number; text: string }, { checkDigit: digit }: Explained): string {
  if (code === CHECK_DIGIT && digit.expected !== null) {
    return `The check digit does not fit: position 9 is ${digit.actual}, the other sixteen characters call for ${digit.expected}.`;
  }
  // NHTSA's texts begin with their code.
  const words = text.replace(/^\d+ *- */, '').trim();
  return `${words.replace(/\.$/, '')} (vPIC ${code}).`;
}
