/** What rests on the character that is pointed at. */

import type { Explained } from './answers.ts';
import { fill, h } from './dom.ts';
import { groups, groupsAt, type KeyGroup, nothingRests, roleAt } from './evidence.ts';
import { spans } from './vin-parts.ts';
import { counted, percent, readable } from './words.ts';

/** Values of one key that are named; the table below has them all. */
const NAMED = 8;

/** Keys that are named while no character is pointed at. */
const NAMED_KEYS = 5;

/** Fills the panel for a position, or with how to use it for none. */
export function showPosition(panel: HTMLElement, decoded: Explained, position: number | null): void {
  panel.classList.toggle('is-idle', position === null);
  const found = decoded.explanation.positions.find((each) => each.position === position);
  if (found === undefined) {
    const keys = groups(decoded).filter(({ positions }) => positions.length > 0);
    fill(
      panel,
      h('h2', { class: 'panel-title' }, 'What rests on what'),
      h('p', { class: 'quiet' }, 'Point at a character, or go there with Tab and the arrow keys.'),
      h(
        'ul',
        { class: 'keys' },
        ...keys
          .slice(0, NAMED_KEYS)
          .map(({ keys, positions, elements }) =>
            h(
              'li',
              {},
              h('code', { class: 'key' }, keys === '' ? 'no key' : keys),
              ` ${counted(elements.length, 'value')} on ${spans(positions)}`,
            ),
          ),
      ),
    );
    return;
  }
  const resting = groupsAt(found.position, decoded);
  fill(
    panel,
    h(
      'p',
      { class: 'panel-title' },
      h('span', { class: 'mono panel-character' }, found.character),
      h('strong', {}, `Position ${found.position}: ${roleAt(found)}`),
      h('span', { class: 'quiet' }, `mistyped: ${percent(found.doubt ?? 0)}`),
    ),
    resting.length === 0 && h('p', {}, `${nothingRests(found)}.`),
    resting.length > 0 && h('ul', { class: 'keys' }, ...resting.map(groupItem)),
    found.validCharacters !== null &&
      h(
        'p',
        { class: 'quiet' },
        found.isKnown ? 'Known here: ' : 'Not known here. Known are: ',
        h('span', { class: 'mono' }, Array.from(found.validCharacters).join(' ')),
      ),
  );
}

function groupItem({ keys, positions, elements }: KeyGroup): HTMLElement {
  const named = elements.slice(0, NAMED).map((element) => `${element.Variable} ${readable(element)}`);
  if (elements.length > NAMED) named.push(`and ${elements.length - NAMED} more`);
  return h(
    'li',
    {},
    h('code', { class: 'key' }, keys === '' ? 'no key' : keys),
    h('span', { class: 'quiet' }, ` on ${spans(positions)} gives `),
    named.join(' · '),
  );
}
