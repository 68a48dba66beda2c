/** Every value with its confidence, where it stands in the VIN, and, on demand, why it was taken. */

import type { Element, Explained, Rival } from './answers.ts';
import { confidenceBar } from './confidence.ts';
import { h } from './dom.ts';
import { positionsBehind, restsOn } from './evidence.ts';
import { PARTS } from './vin-parts.ts';
import { counted, percent, readable, shown, sureness } from './words.ts';

/** vPIC's values for a whole type of vehicle, most of them "Not Applicable". */
const ASSUMED = 'Default';

export interface TableEvents {
  /** A value is pointed at or focused: these positions; none when no longer. */
  onLook(positions: readonly number[]): void;
}

/** Rows by the positions that their values rest on. */
export interface ValuesTable {
  element: HTMLElement;
  /** Lights the rows that rest on a position. */
  light(position: number | null): void;
}

/** The table of all values. */
export function valuesTable(decoded: Explained, events: TableEvents): ValuesTable {
  const rows = decoded.explanation.elements.map((element, at) => {
    const positions = positionsBehind(element, decoded.explanation.positions);
    return {
      positions,
      isAssumed: element.source === ASSUMED,
      bodies: rowsOf(element, positions, at, events),
    };
  });
  const assumed = rows.filter(({ isAssumed }) => isAssumed).flatMap(({ bodies }) => bodies);
  const stated = rows.filter(({ isAssumed }) => !isAssumed).flatMap(({ bodies }) => bodies);
  const element = h(
    'table',
    { class: 'values' },
    h('caption', {}, 'Everything the VIN says'),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ...['What', 'Value', 'How sure', 'Rests on', 'Why'].map((title) => h('th', { scope: 'col' }, title)),
      ),
    ),
    h('tbody', {}, ...stated),
    ...(assumed.length === 0 ? [] : assumedPart(assumed)),
  );
  return {
    element,
    light(position) {
      for (const { positions, bodies } of rows) {
        bodies[0]?.classList.toggle('is-lit', position !== null && positions.includes(position));
      }
    },
  };
}

/** What says nothing of this vehicle: there for who asks for it. */
function assumedPart(rows: readonly HTMLElement[]): HTMLElement[] {
  const body = h('tbody', { id: 'assumed', hidden: true }, ...rows);
  const title = (): string =>
    `${body.hidden ? 'Show' : 'Hide'} ${counted(rows.length / 2, 'value')} that vPIC takes for granted`;
  const button = h(
    'button',
    {
      type: 'button',
      class: 'button button-quiet button-small',
      'aria-expanded': 'false',
      'aria-controls': 'assumed',
      onclick: () => {
        body.hidden = !body.hidden;
        button.setAttribute('aria-expanded', String(!body.hidden));
        button.textContent = title();
      },
    },
    title(),
  );
  return [body, h('tfoot', {}, h('tr', {}, h('td', { colspan: 5 }, button)))];
}

function rowsOf(element: Element, positions: number[], at: number, events: TableEvents): HTMLElement[] {
  const { Variable, Value, confidence, rejected } = element;
  const id = `why-${at}`;
  const why = h(
    'tr',
    { id, class: 'why', hidden: true },
    h('td', { colspan: 5 }, reasons(element, positions)),
  );
  const button = h(
    'button',
    {
      type: 'button',
      class: 'why-button',
      'aria-expanded': 'false',
      'aria-controls': id,
      onclick: () => {
        why.hidden = !why.hidden;
        button.setAttribute('aria-expanded', String(!why.hidden));
      },
    },
    h('span', { class: 'link' }, 'Why'),
    h('span', { class: 'unseen' }, ` ${Variable}: ${Value}`),
    rejected.length > 0 && h('span', { class: 'badge' }, counted(rejected.length, 'rival')),
  );
  const look = (): void => events.onLook(positions);
  const away = (): void => events.onLook([]);
  const row = h(
    'tr',
    { class: 'value-row', onmouseenter: look, onmouseleave: away, onfocusin: look, onfocusout: away },
    h('th', { scope: 'row' }, Variable),
    h('td', { class: 'value' }, readable(element)),
    h('td', { class: 'value-sure' }, confidence === null ? 'not known' : confidenceBar(confidence)),
    h('td', { class: 'value-ticks' }, ticks(positions)),
    h('td', { class: 'value-why' }, button),
  );
  return [row, why];
}

/** The VIN in small: 17 ticks, those that the value rests on filled. */
function ticks(positions: readonly number[]): HTMLElement {
  return h(
    'span',
    { class: 'ticks', role: 'img', 'aria-label': restsOn(positions) },
    ...PARTS.map((part) =>
      h(
        'span',
        { class: `ticks-part part-${part.key}` },
        ...Array.from({ length: part.to - part.from + 1 }, (_, at) =>
          h('span', { class: positions.includes(part.from + at) ? 'tick is-on' : 'tick' }),
        ),
      ),
    ),
  );
}

function reasons(element: Element, positions: readonly number[]): HTMLElement {
  const { source, keys, schemaName, confidence, confidenceParts: parts, rejected } = element;
  return h(
    'div',
    { class: 'reasons' },
    h(
      'div',
      {},
      h('h3', {}, 'Where it comes from'),
      h(
        'p',
        {},
        `${sourceInWords(source)}. ${restsOn(positions)}`,
        keys ? ', key ' : '',
        keys ? h('code', { class: 'key' }, keys) : '',
        schemaName ? `, of “${schemaName.trim()}”.` : '.',
      ),
    ),
    h(
      'div',
      {},
      h('h3', {}, confidence === null ? 'How sure' : `How sure: ${sureness(confidence)}`),
      h(
        'dl',
        { class: 'parts' },
        ...part('Manufacturer misread', percent(parts.wrongManufacturer)),
        ...part('Model year misread', percent(parts.wrongYear)),
        ...part('A character of its key misread', percent(parts.wrongKeyCharacter)),
        ...(parts.shareOfSameValue === null
          ? []
          : part('Keys of its schema that say the same', percent(parts.shareOfSameValue))),
        ...(parts.isDisputed ? part('Disputed', 'another source says otherwise') : []),
        ...(parts.isYearOpen ? part('Model year', 'two years remain possible') : []),
      ),
    ),
    rejected.length > 0 &&
      h('div', {}, h('h3', {}, 'Rivals that lost'), h('ul', { class: 'rivals' }, ...rejected.map(rivalItem))),
  );
}

const part = (name: string, value: string): HTMLElement[] => [h('dt', {}, name), h('dd', {}, value)];

function rivalItem({ Value, keys, reason }: Rival): HTMLElement {
  return h(
    'li',
    {},
    h('strong', {}, Value === null ? 'no value' : shown(Value)),
    ' by key ',
    h('code', { class: 'key' }, keys),
    `: ${reason}`,
  );
}

/** vPIC's word for where a value comes from. */
function sourceInWords(source: string): string {
  if (source.startsWith('Conversion'))
    return `Converted (${source.replace(/^Conversion \d+: */, '').trim()})`;
  return (
    {
      Pattern: 'A pattern that the manufacturer submitted',
      'pattern - model': 'Follows from the model',
      Make: 'The only make of this manufacturer',
      'Manu. Name': 'The manufacturer whose identifier begins the VIN',
      VehType: 'The type registered for this manufacturer’s identifier',
      ModelYear: 'The model year’s own position',
      'Formula Pattern': 'Stands in the VIN itself',
      EngineModelPattern: 'Follows from the engine model',
      'Vehicle Specs': 'Follows from make, model and year',
      Default: 'What vPIC takes for granted for this type of vehicle',
    }[source] ?? `Source in vPIC: ${source}`
  );
}
