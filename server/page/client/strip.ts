/** The 17 characters as cells: while somebody types, what fits; after the answer, what each decided. */

import { problems } from '../../vin.ts';
import { fill, h } from './dom.ts';
import { PARTS, positionsOf } from './vin-parts.ts';
import { percent } from './words.ts';

/** A character that is more likely wrong than this is marked. */
const NOTABLE_DOUBT = 0.02;

/** A cell of an answered VIN. */
export interface Cell {
  position: number;
  character: string;
  doubt: number | null;
  isKnown: boolean;
  /** What listeners hear. */
  label: string;
}

function isDoubtful({ doubt, isKnown }: Cell): boolean {
  return !isKnown || (doubt ?? 0) >= NOTABLE_DOUBT;
}

/** For the eye; the label of the cell says it as well. */
function doubtOf({ doubt, isKnown }: Cell): HTMLElement {
  return h('span', { class: 'cell-doubt', 'aria-hidden': 'true' }, isKnown ? percent(doubt ?? 0) : '?');
}

export interface StripEvents {
  /** Pointed at or focused; null when no longer. */
  onLook(position: number | null): void;
}

/** The strip in `place`. */
export class Strip {
  readonly #place: HTMLElement;
  readonly #events: StripEvents;
  #buttons: HTMLButtonElement[] = [];

  constructor(place: HTMLElement, events: StripEvents) {
    this.#place = place;
    this.#events = events;
    place.addEventListener('keydown', (event) => this.#move(event));
    place.addEventListener('mouseleave', () => events.onLook(this.#focused()));
    place.addEventListener('focusout', (event) => {
      if (!place.contains(event.relatedTarget as Node | null)) events.onLook(null);
    });
  }

  /** Shows a text while it is typed; positions with a wrong character are marked. For the eye: the hint says the same. */
  type(text: string): void {
    this.#buttons = [];
    const characters = Array.from(text);
    const wrong = new Set(problems(text).map(({ position }) => position));
    this.#place.setAttribute('aria-hidden', 'true');
    this.#place.removeAttribute('role');
    this.#draw((position) => {
      const character = characters[position - 1] ?? '';
      const state = character === '' ? 'empty' : wrong.has(position) ? 'bad' : 'typed';
      return h('span', { class: `cell cell-${state}` }, character);
    });
  }

  /** Shows the characters of an answer, each to be pointed at. */
  answer(cells: readonly Cell[]): void {
    this.#place.removeAttribute('aria-hidden');
    this.#place.setAttribute('role', 'group');
    this.#place.setAttribute('aria-label', 'The characters of the VIN; arrow keys move');
    this.#buttons = cells.map((cell) => {
      const { position, character, label } = cell;
      return h(
        'button',
        {
          type: 'button',
          class: `cell cell-known${isDoubtful(cell) ? ' cell-doubtful' : ''}`,
          tabindex: position === 1 ? 0 : -1,
          'aria-label': label,
          'data-position': position,
          onmouseenter: () => this.#events.onLook(position),
          onfocus: () => this.#focus(position),
        },
        character,
      );
    });
    this.#draw(
      (position) => this.#buttons[position - 1] ?? null,
      (position) => {
        const cell = cells[position - 1];
        return cell !== undefined && isDoubtful(cell) ? doubtOf(cell) : null;
      },
    );
  }

  /** Lights the cells of these positions. */
  light(positions: readonly number[]): void {
    for (const [at, button] of this.#buttons.entries()) {
      button.classList.toggle('is-lit', positions.includes(at + 1));
    }
  }

  #draw(
    cell: (position: number) => HTMLElement | null,
    below: (position: number) => HTMLElement | null = () => null,
  ): void {
    fill(
      this.#place,
      ...PARTS.map((part) =>
        h(
          'div',
          { class: `part part-${part.key}` },
          h('span', { class: 'part-name', 'aria-hidden': 'true' }, part.short),
          h(
            'div',
            { class: 'part-cells' },
            ...positionsOf(part).map((position) =>
              h(
                'div',
                { class: 'cell-box' },
                h('span', { class: 'cell-number', 'aria-hidden': 'true' }, position),
                cell(position),
                below(position),
              ),
            ),
          ),
        ),
      ),
    );
  }

  #focused(): number | null {
    const at = this.#buttons.indexOf(document.activeElement as HTMLButtonElement);
    return at < 0 ? null : at + 1;
  }

  /** One cell is in the order of Tab, as in a toolbar; arrow keys go from one to the other. */
  #focus(position: number): void {
    for (const [at, button] of this.#buttons.entries()) button.tabIndex = at + 1 === position ? 0 : -1;
    this.#events.onLook(position);
  }

  #move(event: KeyboardEvent): void {
    const focused = this.#focused();
    if (focused === null) return;
    const target = {
      ArrowRight: focused + 1,
      ArrowLeft: focused - 1,
      Home: 1,
      End: this.#buttons.length,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.#buttons[target - 1]?.focus();
  }
}
