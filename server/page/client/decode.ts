/** The page `/`: one VIN. Its state is its address, `?vin=…&modelYear=…`. */

import { checkDigit, normalize, problems, VIN_LENGTH } from '../../vin.ts';
import type { Explained } from './answers.ts';
import { ask, Failure, isAborted } from './api.ts';
import { byId, fill, h, speak } from './dom.ts';
import { labelOf } from './evidence.ts';
import { examples } from './examples.ts';
import { handOver, looksLikeList } from './handover.ts';
import { showFailure, staleNotice, stopRetries } from './notices.ts';
import { showPosition } from './position-panel.ts';
import { problemsPanel } from './problems-panel.ts';
import { refusal } from './refusal.ts';
import { Strip } from './strip.ts';
import { valuesTable } from './values-table.ts';
import { vehicleCard } from './vehicle-card.ts';
import { counted, nameOf, percent } from './words.ts';

/** An answer that is there sooner shows at once; what takes longer says that it is on its way. */
const PATIENCE_MS = 150;

interface Question {
  vin: string;
  modelYear: string | null;
}

const form = byId('vin-form', HTMLFormElement);
const input = byId('vin', HTMLInputElement);
const hint = byId('vin-hint');
const result = byId('result');

let look: (position: number | null) => void = () => undefined;
const strip = new Strip(byId('strip'), { onLook: (position) => look(position) });
let running: AbortController | undefined;

/** What the address asks for. */
function questionOfAddress(): Question | null {
  const query = new URLSearchParams(location.search);
  const vin = normalize(query.get('vin') ?? '');
  return vin === '' ? null : { vin, modelYear: query.get('modelYear') };
}

function addressOf({ vin, modelYear }: Question): string {
  const query = new URLSearchParams({ vin });
  if (modelYear !== null) query.set('modelYear', modelYear);
  return `/?${query}`;
}

/** Asks, and makes it an address that can be shared and come back to. */
function decode(question: Question): void {
  if (addressOf(question) !== location.pathname + location.search) {
    history.pushState(null, '', addressOf(question));
  }
  input.value = question.vin;
  void show(question);
}

async function show(question: Question | null): Promise<void> {
  running?.abort();
  stopRetries();
  const own = new AbortController();
  running = own;
  look = () => undefined;
  if (question === null) {
    document.title = 'Decode a VIN · Platform Vehicles';
    typed();
    fill(
      result,
      examples((vin) => decode({ vin, modelYear: null })),
    );
    return;
  }
  document.title = `${question.vin} · Platform Vehicles`;
  strip.type(question.vin);
  hint.textContent = '';
  result.setAttribute('aria-busy', 'true');
  const waiting = setTimeout(() => fill(result, h('p', { class: 'loading' }, 'Decoding …')), PATIENCE_MS);
  try {
    const query = question.modelYear === null ? '' : `?modelYear=${encodeURIComponent(question.modelYear)}`;
    const path = `/api/vehicles/decode/${encodeURIComponent(question.vin)}/explain${query}`;
    const { value, isStale } = await ask<Explained>(path, own.signal);
    clearTimeout(waiting);
    answer(value, isStale);
  } catch (error) {
    clearTimeout(waiting);
    if (isAborted(error)) return;
    fail(error, question);
  }
  result.removeAttribute('aria-busy');
}

function answer(decoded: Explained, isStale: boolean): void {
  const use = (vin: string): void => decode({ vin, modelYear: null });
  const panel = h('div', { class: 'card panel', id: 'position-panel' });
  const table = valuesTable(decoded, { onLook: (positions) => strip.light(positions) });
  look = (position) => {
    showPosition(panel, decoded, position);
    table.light(position);
    strip.light([]);
  };
  strip.answer(decoded.explanation.positions.map((each) => ({ ...each, label: labelOf(each, decoded) })));
  showPosition(panel, decoded, null);
  fill(
    result,
    isStale && staleNotice(),
    h(
      'div',
      { class: 'answer' },
      vehicleCard(decoded, (year) =>
        decode({ vin: decoded.vin, modelYear: year === null ? null : String(year) }),
      ),
      problemsPanel(decoded, use),
      panel,
    ),
    decoded.explanation.elements.length > 0 && h('div', { class: 'card scroll' }, table.element),
  );
  const name = nameOf(decoded);
  document.title = `${name ?? decoded.vin} · Platform Vehicles`;
  const wrong = decoded.errors.filter(({ code }) => code !== 0).length;
  speak(
    name === null
      ? 'Nothing is known of this vehicle.'
      : `${name}, ${percent(decoded.confidence)} sure, ${counted(decoded.explanation.elements.length, 'value')}` +
          `${wrong > 0 ? `, ${counted(wrong, 'problem')}` : ''}.`,
  );
}

function fail(error: unknown, question: Question): void {
  if (error instanceof Failure && error.slug === 'invalid-vin') {
    fill(
      result,
      refusal(question.vin, error.problems, (vin) => decode({ vin, modelYear: null })),
    );
    speak(`This cannot be a VIN. ${error.message}`);
    return;
  }
  showFailure(result, error, () => void show(question));
}

/** While somebody types: the cells, and what is wrong so far. */
function typed(): void {
  const vin = normalize(input.value);
  strip.type(vin);
  const { length } = Array.from(vin);
  const wrong = problems(vin).filter(({ position }) => position !== null);
  hint.classList.toggle('is-bad', wrong.length > 0 || length > VIN_LENGTH);
  const [first] = wrong;
  if (first !== undefined) hint.textContent = `Position ${first.position}: ${first.reason}.`;
  else if (length === 0) hint.textContent = 'It stands on the registration, and behind the windscreen.';
  else if (length < VIN_LENGTH) hint.textContent = `${length} of ${VIN_LENGTH} characters`;
  else if (length > VIN_LENGTH) hint.textContent = `${counted(length - VIN_LENGTH, 'character')} too many`;
  else {
    const expected = checkDigit(vin);
    hint.textContent =
      expected === vin[8] ? 'The check digit fits.' : `The check digit should be ${expected}.`;
  }
}

input.addEventListener('input', () => {
  typed();
  const vin = normalize(input.value);
  if (problems(vin).length === 0) decode({ vin, modelYear: null });
});

input.addEventListener('paste', (event) => {
  const text = event.clipboardData?.getData('text') ?? '';
  if (!looksLikeList(text)) return;
  event.preventDefault();
  handOver(text);
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const vin = normalize(input.value);
  if (vin !== '') decode({ vin, modelYear: null });
});

addEventListener('popstate', () => {
  const question = questionOfAddress();
  input.value = question?.vin ?? '';
  void show(question);
});

const asked = questionOfAddress();
input.value = asked?.vin ?? '';
void show(asked);
// The page has one field, and whoever opens it empty came to fill it.
if (asked === null) input.focus();
