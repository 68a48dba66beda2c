/** The page `/browse`: make, model, year and trim. Its state is its address. */

import type { Item } from './answers.ts';
import { ask, isAborted } from './api.ts';
import { Combobox } from './combobox.ts';
import { byId, fill, h, speak } from './dom.ts';
import { showFailure, staleNotice, stopRetries } from './notices.ts';
import { counted, nameCase } from './words.ts';

const DROPDOWN = '/api/vehicles/dropdown';

/** What is chosen; each needs those before it. */
interface Choice {
  make: string;
  model: string;
  year: string;
  trim: string;
}

const NAMES = ['make', 'model', 'year', 'trim'] as const;

const result = byId('result');
const makes = new Combobox('make', 'Make', ({ name }) =>
  choose({ make: name, model: '', year: '', trim: '' }),
);
const models = new Combobox('model', 'Model', ({ name }) =>
  choose({ ...choice, model: name, year: '', trim: '' }),
);
const years = selectOf('year', 'Year', 'Any year', (year) => choose({ ...choice, year, trim: '' }));
const trims = selectOf('trim', 'Trim', 'Any trim', (trim) => choose({ ...choice, trim }));
byId('browse-form').append(makes.element, models.element, years.element, trims.element);

let choice = choiceOfAddress();
let running: AbortController | undefined;

interface Select {
  element: HTMLElement;
  set(values: readonly string[], chosen: string): void;
}

function selectOf(id: string, label: string, none: string, onChoose: (value: string) => void): Select {
  const select = h('select', { id, onchange: () => onChoose(select.value) });
  return {
    element: h('div', { class: 'field' }, h('label', { for: id }, label), select),
    set(values, chosen) {
      fill(select, ...['', ...values].map((value) => h('option', { value }, value === '' ? none : value)));
      select.value = chosen;
      select.disabled = values.length === 0;
    },
  };
}

function choiceOfAddress(): Choice {
  const query = new URLSearchParams(location.search);
  const [make = '', model = '', year = '', trim = ''] = NAMES.map((name) => query.get(name) ?? '');
  return { make, model, year, trim };
}

function choose(next: Choice): void {
  choice = next;
  const query = new URLSearchParams(
    NAMES.flatMap((name) => (choice[name] === '' ? [] : [[name, choice[name]]])),
  );
  history.pushState(null, '', `/browse${query.size > 0 ? `?${query}` : ''}`);
  void show();
}

async function show(): Promise<void> {
  running?.abort();
  stopRetries();
  const own = new AbortController();
  running = own;
  const { make, model, year, trim } = choice;
  const get = <T>(path: string) => ask<T>(`${DROPDOWN}${path}`, own.signal);
  const query = new URLSearchParams(
    Object.entries({ make, model, year }).filter(([, value]) => value !== ''),
  );
  result.setAttribute('aria-busy', 'true');
  try {
    const [allMakes, allModels, allYears, allTrims] = await Promise.all([
      get<Item[]>('/makes'),
      make === '' ? null : get<Item[]>(`/models/${encodeURIComponent(make)}`),
      model === '' ? null : get<number[]>(`/years?${new URLSearchParams({ make, model })}`),
      year === '' ? null : get<Item[]>(`/trims?${query}`),
    ]);
    makes.set(allMakes.value, make);
    models.set(allModels?.value ?? [], model);
    years.set((allYears?.value ?? []).map(String), year);
    trims.set(
      (allTrims?.value ?? []).map(({ name }) => name),
      trim,
    );
    if (model === '') {
      fill(
        result,
        h('p', { class: 'quiet' }, hint(allMakes.value.length, make, allModels?.value.length ?? 0)),
      );
    } else {
      const [engines, transmissions] = await Promise.all([
        get<Item[]>(`/engines?${query}`),
        get<Item[]>(`/transmissions?${query}`),
      ]);
      const names = (items: readonly Item[]): string[] => items.map(({ name }) => name);
      const knownTrims = allTrims?.value ?? (await get<Item[]>(`/trims?${query}`)).value;
      fill(
        result,
        engines.isStale && staleNotice(),
        vehicle(names(knownTrims), names(engines.value), names(transmissions.value)),
      );
      speak(`${title()}: ${counted(knownTrims.length, 'trim')}, ${counted(engines.value.length, 'engine')}.`);
    }
  } catch (error) {
    if (isAborted(error)) return;
    showFailure(result, error, () => void show());
  }
  result.removeAttribute('aria-busy');
}

function hint(makes: number, make: string, models: number): string {
  if (make === '')
    return `${counted(makes, 'make')} of passenger cars, multipurpose vehicles, trucks and motorcycles.`;
  return `${nameCase(make)} has ${counted(models, 'model')}. Choose one.`;
}

function title(): string {
  return [choice.year, nameCase(choice.make), choice.model, choice.trim]
    .filter((part) => part !== '')
    .join(' ');
}

function vehicle(trims: string[], engines: string[], transmissions: string[]): HTMLElement {
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'vehicle-name' },
    h('h2', { id: 'vehicle-name' }, title()),
    choice.year === '' &&
      h('p', { class: 'quiet' }, 'Over all its years. Choose one to see what was there then.'),
    h(
      'div',
      { class: 'lists' },
      list('Trims', trims),
      list('Engines', engines),
      list('Transmissions', transmissions),
    ),
  );
}

function list(name: string, values: readonly string[]): HTMLElement {
  return h(
    'div',
    {},
    h('h3', {}, name, ' ', h('span', { class: 'quiet' }, values.length)),
    values.length === 0
      ? h('p', { class: 'quiet' }, 'The data states none.')
      : h(
          'ul',
          { class: 'chips' },
          ...values.map((value) => h('li', { class: value === choice.trim ? 'is-chosen' : null }, value)),
        ),
  );
}

addEventListener('popstate', () => {
  choice = choiceOfAddress();
  void show();
});

makes.set([], '');
models.set([], '');
years.set([], '');
trims.set([], '');
void show();
