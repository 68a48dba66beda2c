/** How sure a value is: a bar, the number beside it, and never the colour alone. */

import { h, withSize } from './dom.ts';
import { levelOf, percent } from './words.ts';

/** A bar of the probability with its number; a bar that is not full is striped where it is weak. */
export function confidenceBar(probability: number): HTMLElement {
  return h(
    'span',
    { class: `sure sure-${levelOf(probability)}` },
    withSize(h('span', { class: 'sure-bar', 'aria-hidden': 'true' }), probability),
    h('span', { class: 'sure-number' }, percent(probability)),
  );
}
