/** A text that cannot be a VIN: each reason at its position, and the repair where it is obvious. */

import { problems as problemsOf } from '../../vin.ts';
import type { VinProblem } from './api.ts';
import { h } from './dom.ts';

/** Letters that no VIN has, and the digits they are read for. */
const MEANT: Readonly<Record<string, string>> = { I: '1', O: '0', Q: '0' };

/** The notice for a VIN that the service refused with these reasons. */
export function refusal(
  vin: string,
  problems: readonly VinProblem[],
  use: (vin: string) => void,
): HTMLElement {
  const repaired = Array.from(vin, (character) => MEANT[character] ?? character)
    .filter((character) => !/[\s-]/.test(character))
    .join('');
  const canRepair = repaired !== vin && problemsOf(repaired).length === 0;
  return h(
    'section',
    { class: 'notice notice-bad', 'aria-labelledby': 'refusal-title', 'data-kind': 'invalid-vin' },
    h('h2', { id: 'refusal-title' }, 'This cannot be a VIN'),
    h('ul', { class: 'problems' }, ...problems.map(problemItem)),
    canRepair &&
      h(
        'p',
        { class: 'row' },
        'Did you mean ',
        h(
          'button',
          {
            type: 'button',
            class: 'button repair mono',
            'aria-label': `Decode ${repaired}`,
            onclick: () => use(repaired),
          },
          repaired,
        ),
      ),
  );
}

function problemItem({ position, character, reason }: VinProblem): HTMLElement {
  if (position === null) return h('li', {}, `${reason}.`);
  return h(
    'li',
    {},
    'Position ',
    h('strong', {}, position),
    ' ',
    h('code', { class: 'key' }, character),
    ` ${reason}.`,
  );
}
