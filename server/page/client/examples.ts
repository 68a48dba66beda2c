/** What stands there before anybody asked. */

import { h } from './dom.ts';

const EXAMPLES = [
  ['1HGCM82633A004352', 'A car that is known well'],
  ['5YJSA1E27HF000337', 'An electric one'],
  ['1HGCM8Z633A004352', 'A mistyped character'],
  ['1M8GDM9AXKP042788', 'A bus that may be thirty years older'],
] as const;

/** VINs to try it with. */
export function examples(use: (vin: string) => void): HTMLElement {
  return h(
    'section',
    { class: 'examples', 'aria-labelledby': 'examples-title' },
    h('h2', { id: 'examples-title' }, 'Or try one of these'),
    h(
      'ul',
      {},
      ...EXAMPLES.map(([vin, words]) =>
        h(
          'li',
          {},
          h(
            'button',
            { type: 'button', class: 'example', onclick: () => use(vin) },
            h('span', { class: 'mono' }, vin),
            h('span', { class: 'quiet' }, words),
          ),
        ),
      ),
    ),
  );
}
