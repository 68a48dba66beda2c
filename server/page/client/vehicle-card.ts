/** The vehicle in plain words, and how sure that is. */

import type { Explained } from './answers.ts';
import { h, withSize } from './dom.ts';
import { levelOf, nameOf, percent, sentencesOf, sureness } from './words.ts';

/** The card. `useYear` decodes the same VIN for another model year, or for whichever the VIN says (null). */
export function vehicleCard(decoded: Explained, useYear: (year: number | null) => void): HTMLElement {
  const name = nameOf(decoded);
  const sentences = sentencesOf(decoded);
  return h(
    'section',
    { class: 'card vehicle', 'aria-labelledby': 'vehicle-name' },
    h(
      'div',
      { class: 'vehicle-words' },
      h('h2', { id: 'vehicle-name', tabindex: -1 }, name ?? 'Nothing is known of this vehicle'),
      ...sentences.map((text) => h('p', {}, text)),
      name === null &&
        sentences.length === 0 &&
        h('p', {}, 'The VIN is well formed, but its manufacturer is not in the data.'),
    ),
    name !== null && overall(decoded.confidence),
    yearLine(decoded, useYear),
  );
}

function overall(confidence: number): HTMLElement {
  return h(
    'div',
    { class: `overall overall-${levelOf(confidence)}` },
    h('p', { class: 'overall-number' }, percent(confidence)),
    withSize(h('span', { class: 'overall-bar', 'aria-hidden': 'true' }), confidence),
    h('p', { class: 'overall-words' }, sureness(confidence)),
    h('p', { class: 'quiet' }, 'that make, model and year are right'),
  );
}

function yearLine(
  { explanation: { year } }: Explained,
  useYear: (year: number | null) => void,
): HTMLElement | false {
  if (year.decoded === null) return false;
  const others = year.candidates.filter((candidate) => candidate !== year.decoded);
  const button = (text: string, asked: number | null): HTMLElement =>
    h('button', { type: 'button', class: 'button button-small', onclick: () => useYear(asked) }, text);
  return h(
    'p',
    { class: 'year-line' },
    h('span', {}, h('strong', {}, `Model year ${year.decoded}: `), `${year.reason}.`),
    ...others.map((other) => button(`Read it as ${other}`, other)),
    year.asked !== null && button('Let the VIN decide', null),
  );
}
