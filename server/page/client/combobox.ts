/** A field for one of thousands of names: type a part of it, choose with arrow keys or a click (ARIA's combobox). */

import type { Item } from './answers.ts';
import { fill, h, speak } from './dom.ts';
import { counted } from './words.ts';

/** Names shown at once; whoever types one more letter has them shorter. */
const MOST_OPTIONS = 60;

/** The field. */
export class Combobox {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #onChoose: (item: Item) => void;
  #items: readonly Item[] = [];
  #shown: readonly Item[] = [];
  #active = -1;
  #chosen = '';

  constructor(id: string, label: string, onChoose: (item: Item) => void) {
    this.#onChoose = onChoose;
    this.#list = h('ul', {
      id: `${id}-list`,
      role: 'listbox',
      'aria-label': label,
      class: 'options',
      hidden: true,
    });
    this.#input = h('input', {
      id,
      role: 'combobox',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-expanded': 'false',
      'aria-controls': `${id}-list`,
      'aria-autocomplete': 'list',
      oninput: () => this.#open(this.#input.value),
      onclick: () => this.#open(''),
      onkeydown: (event) => this.#press(event as KeyboardEvent),
      onblur: () => this.#close(),
    });
    this.element = h(
      'div',
      { class: 'field combobox' },
      h('label', { for: id }, label),
      this.#input,
      this.#list,
    );
  }

  /** What can be chosen, and what is. */
  set(items: readonly Item[], chosen: string): void {
    this.#items = items;
    this.#chosen = chosen;
    this.#input.value = chosen;
    this.#input.disabled = items.length === 0;
    this.#input.placeholder = items.length === 0 ? '' : `${counted(items.length, 'name')}, type to find`;
  }

  #open(text: string): void {
    const wanted = text.trim().toLowerCase();
    const begins = (item: Item): boolean => item.name.toLowerCase().startsWith(wanted);
    const matching = this.#items.filter(({ name }) => name.toLowerCase().includes(wanted));
    this.#shown = [...matching.filter(begins), ...matching.filter((item) => !begins(item))].slice(
      0,
      MOST_OPTIONS,
    );
    this.#active = wanted === '' ? -1 : 0;
    fill(
      this.#list,
      ...this.#shown.map((item, at) =>
        h(
          'li',
          {
            id: `${this.#list.id}-${at}`,
            role: 'option',
            'aria-selected': 'false',
            // Before the field loses the focus, which closes the list.
            onmousedown: (event) => {
              event.preventDefault();
              this.#choose(item);
            },
          },
          item.name,
        ),
      ),
      matching.length > MOST_OPTIONS &&
        h(
          'li',
          { role: 'presentation', class: 'quiet' },
          `and ${counted(matching.length - MOST_OPTIONS, 'more', 'more')}: type on`,
        ),
      matching.length === 0 && h('li', { role: 'presentation', class: 'quiet' }, 'No such name'),
    );
    this.#list.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
    if (wanted !== '') speak(counted(matching.length, 'match', 'matches'));
    this.#mark();
  }

  #close(): void {
    this.#list.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
    this.#input.value = this.#chosen;
  }

  #mark(): void {
    for (const [at, option] of [...this.#list.children].entries()) {
      if (option.role !== 'option') continue;
      option.setAttribute('aria-selected', String(at === this.#active));
      if (at === this.#active) option.scrollIntoView({ block: 'nearest' });
    }
    if (this.#active < 0) this.#input.removeAttribute('aria-activedescendant');
    else this.#input.setAttribute('aria-activedescendant', `${this.#list.id}-${this.#active}`);
  }

  #press(event: KeyboardEvent): void {
    const isOpen = !this.#list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (isOpen) this.#step(event.key === 'ArrowDown' ? 1 : -1);
      else this.#open('');
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      const item = this.#shown[this.#active];
      if (item !== undefined) this.#choose(item);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      this.#close();
    }
  }

  #step(by: number): void {
    this.#active = Math.min(this.#shown.length - 1, Math.max(0, this.#active + by));
    this.#mark();
  }

  #choose(item: Item): void {
    this.#chosen = item.name;
    this.#close();
    this.#onChoose(item);
  }
}
