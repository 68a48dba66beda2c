/** The page `/list`: many VINs. The list stays while the browser's tab is open, so that one comes back to it. */

import { Failure, isAborted } from './api.ts';
import { csvOf } from './csv.ts';
import { byId, fill, h, speak } from './dom.ts';
import { remember, remembered } from './handover.ts';
import { decodeLines, isRefused, linesOf, type Outcome } from './lines.ts';
import { ListTable, MOST_ROWS } from './list-table.ts';
import { showFailure, stopRetries } from './notices.ts';
import { save } from './save.ts';
import { count, counted } from './words.ts';

const form = byId('list-form', HTMLFormElement);
const area = byId('vins', HTMLTextAreaElement);
const file = byId('vin-file', HTMLInputElement);
const hint = byId('list-hint');
const result = byId('result');

/** Characters from which on a file is not put into the field: a browser lays every line of it out, for seconds. */
const LONG = 100_000;

let running: AbortController | undefined;
/** A long file, in place of what the field holds. */
let long: { name: string; text: string } | undefined;

function showCount(): void {
  const lines = linesOf(long?.text ?? area.value);
  const from = long === undefined ? '' : ` of ${long.name}`;
  hint.textContent = lines.length === 0 ? 'Nothing to decode yet' : `${counted(lines.length, 'VIN')}${from}`;
}

async function decode(): Promise<void> {
  running?.abort();
  stopRetries();
  const lines = linesOf(long?.text ?? area.value);
  remember(area.value);
  if (lines.length === 0) {
    fill(result);
    area.focus();
    return;
  }
  const own = new AbortController();
  running = own;
  const outcomes: Outcome[] = [];
  const table = new ListTable();
  const bar = h('progress', { max: lines.length, value: 0, 'aria-label': 'Decoded so far' });
  const summary = h('p', { class: 'summary' }, 'Decoding …');
  const trouble = h('div');
  const stop = h('button', { type: 'button', class: 'button', onclick: () => own.abort() }, 'Stop');
  const tools = h('div', { class: 'row list-tools' }, bar, summary, stop);
  fill(
    result,
    tools,
    trouble,
    h('div', { class: 'card scroll', tabindex: 0, role: 'region', 'aria-label': 'Table' }, table.element),
  );
  result.setAttribute('aria-busy', 'true');
  try {
    for await (const batch of decodeLines(lines, own.signal)) {
      for (const outcome of batch) table.add(outcome, lines[outcomes.push(outcome) - 1] ?? '');
      bar.value = outcomes.length;
      summary.textContent = `${count(outcomes.length)} of ${counted(lines.length, 'VIN')}`;
    }
  } catch (error) {
    // A newer list took the place of this one: the page is its.
    if (running !== own) return;
    if (!isAborted(error)) showFailure(trouble, error, () => void decode());
    if (error instanceof Failure && outcomes.length === 0) result.replaceChildren(trouble);
  }
  result.removeAttribute('aria-busy');
  if (outcomes.length > 0) finish(tools, summary, outcomes, lines, table);
  else if (own.signal.aborted) fill(result);
}

/** What can be done with what there is, all of it or what came before it was stopped. */
function finish(
  tools: HTMLElement,
  summary: HTMLElement,
  outcomes: readonly Outcome[],
  lines: readonly string[],
  table: ListTable,
): void {
  const wrong = outcomes.filter(
    (outcome) => isRefused(outcome) || outcome.errors.some(({ code }) => code !== 0),
  );
  summary.textContent = [
    outcomes.length < lines.length
      ? `${count(outcomes.length)} of ${counted(lines.length, 'VIN')} decoded`
      : `${counted(outcomes.length, 'VIN')} decoded`,
    wrong.length > 0 ? `${count(wrong.length)} with a problem` : 'none with a problem',
    outcomes.length > MOST_ROWS ? `the first ${count(MOST_ROWS)} are shown, the file has all` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
  const only = h('input', {
    type: 'checkbox',
    id: 'only-problems',
    onchange: () => table.showOnlyProblems(only.checked),
  });
  fill(
    tools,
    summary,
    wrong.length > 0 &&
      h('label', { class: 'check', for: 'only-problems' }, only, 'Only those with a problem'),
    h(
      'button',
      { type: 'button', class: 'button', onclick: () => save('vehicles.csv', csvOf(outcomes, lines)) },
      'Download as CSV',
    ),
  );
  speak(summary.textContent);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void decode();
});

area.addEventListener('input', () => {
  long = undefined;
  showCount();
});

file.addEventListener('change', async () => {
  const [chosen] = file.files ?? [];
  if (chosen === undefined) return;
  const text = await chosen.text();
  long = text.length > LONG ? { name: chosen.name, text } : undefined;
  area.value = long === undefined ? text : '';
  file.value = '';
  showCount();
  void decode();
});

byId('list-clear').addEventListener('click', () => {
  running?.abort();
  long = undefined;
  area.value = '';
  remember('');
  showCount();
  fill(result);
  area.focus();
});

area.value = remembered();
showCount();
if (area.value !== '') void decode();
