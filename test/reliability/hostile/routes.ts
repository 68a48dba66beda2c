/** Requests drawn from the service's own OpenAPI document, and what each is answered. */

import fc, { type Arbitrary } from 'fast-check';
import { Contract } from '../../contract/contract.ts';
import type { TestServer } from '../../harness/databases.ts';
import type { Extent, Outcome } from '../section.ts';
import { bodyFor } from './bodies.ts';
import { type Asked, Hang, lineOf, type Reply } from './client.ts';
import { Grid, Ledger } from './ledger.ts';
import { boundaryText, type Operation, operationsOf, type Parameter, validText } from './schema.ts';
import { Target } from './target.ts';
import { anyText, encoded, hugeText, tricked } from './texts.ts';

/** Requests for an operation in the full run, and for each of its parameters as many again. */
const PER_PART = 300;

/** Requests between two good questions. */
const BETWEEN = 20;

const IN_FLIGHT = 8;

/** Characters of an explanation. The longest names each character of a text that is no VIN, as far as such a text is looked at. */
const LONGEST_DETAIL = 4_000;

/** What an answer may never hold, whoever asked what: a stack, a query, PostgreSQL's own words. */
export const BETRAYAL =
  /\n {4}at |node_modules|SQLSTATE|syntax error at or near|invalid input syntax|invalid byte sequence|unterminated quoted|relation "[^"]*" does not exist|operator does not exist|current transaction is aborted|PL\/pgSQL/;

interface Drawn {
  readonly kind: string;
  readonly asked: Asked;
}

/** Asks a service for what its document offers, and for what it does not. */
export async function askOddly(server: TestServer, extent: Extent): Promise<Outcome> {
  const ledger = new Ledger();
  const grid = new Grid('what', ['requests', '2xx', '4xx', '501', '503']);
  const target = await Target.open(server, { connections: IN_FLIGHT });
  try {
    const { body } = await target.client.ask({ method: 'GET', path: '/api/openapi.json' });
    const served: unknown = JSON.parse(body);
    const judge = new Contract(Object(served));
    const operations = operationsOf(served);
    ledger.count('operations', operations.length);
    for (const [index, operation] of operations.entries()) {
      const parts = 1 + operation.parameters.length + operation.bodies.size;
      const numRuns = Math.max(4, Math.round(PER_PART * parts * extent.share));
      const drawn = fc.sample(requestTo(operation, served), { numRuns, seed: extent.seed + index });
      await inTurns(drawn, async (one, at) => {
        if (at % BETWEEN === 0) await target.askGood(ledger);
        await askOne(target, one, judge, { ledger, grid, user: `u${extent.seed}-${at % 20}` });
      });
      extent.say(`${operation.method} ${operation.template}: ${numRuns}`);
    }
  } finally {
    await target.close(ledger);
  }
  return ledger.outcome(grid.rows);
}

interface Notes {
  readonly ledger: Ledger;
  readonly grid: Grid;
  readonly user: string;
}

async function askOne(
  target: Target,
  { kind, asked }: Drawn,
  judge: Contract,
  { ledger, grid, user }: Notes,
): Promise<void> {
  ledger.count('requests');
  grid.count(kind, 'requests');
  const whole = { ...asked, headers: { ...target.as(user), ...asked.headers } };
  try {
    const reply = await target.client.ask(whole);
    grid.count(kind, reply.status >= 500 ? String(reply.status) : `${Math.floor(reply.status / 100)}xx`);
    judgeReply(whole, reply, judge, ledger);
  } catch (error) {
    ledger.harmed(error instanceof Hang ? 'hangs' : 'wrong', `${lineOf(whole)}: ${error}`);
  }
}

/** Holds an answer against the document, and against what no answer may be. */
export function judgeReply(asked: Asked, reply: Reply, judge: Contract, ledger: Ledger): void {
  const { status, headers, body } = reply;
  const isKnown5xx = status === 503 || status === 501;
  if (status >= 500 && !isKnown5xx) ledger.harmed('unexpected5xx', `${lineOf(asked)}: ${status} ${body}`);
  if (status === 503) ledger.count('refused with 503');
  const hasBody = ![204, 304].includes(status) && asked.method !== 'HEAD';
  const response = new Response(hasBody ? body : null, { status, headers });
  let complaints: string[];
  try {
    complaints = judge.complaintsAbout(asked, response, hasBody ? body : null);
    if (status >= 400 && hasBody) complaints.push(...complaintsAboutProblem(reply));
  } catch (error) {
    complaints = [String(error)];
  }
  if (BETRAYAL.test(body)) complaints.push(`betrays what is behind: ${body.slice(0, 300)}`);
  if (complaints.length > 0) ledger.harmed('wrong', `${lineOf(asked)}: ${complaints.join('; ')}`);
}

/** A refusal is a problem document with one clear line. */
function complaintsAboutProblem({ headers, body }: Reply): string[] {
  if (!headers.get('content-type')?.startsWith('application/problem+json'))
    return [`is no problem: ${body.slice(0, 200)}`];
  const { detail } = Object(JSON.parse(body)) as { detail?: unknown };
  if (typeof detail !== 'string' || detail === '') return ['says nothing'];
  return detail.length > LONGEST_DETAIL ? [`says it in ${detail.length} characters`] : [];
}

/** Requests to an operation, of every kind. */
function requestTo(operation: Operation, served: unknown): Arbitrary<Drawn> {
  const { method, parameters, bodies } = operation;
  const texts: Readonly<Record<string, (parameter: Parameter) => Arbitrary<string>>> = {
    valid: (parameter) => validText(parameter).map(encoded),
    'at the edge': (parameter) => boundaryText(parameter).map(encoded),
    'another type': () => fc.jsonValue({ maxDepth: 2 }).map((value) => encoded(JSON.stringify(value) ?? '')),
    'odd texts': () => anyText.map(encoded),
    huge: () => hugeText.map(encoded),
    'odd encodings': () => tricked,
  };
  const valid = parameters.map((parameter) =>
    validText(parameter).map((text) => ({ parameter, text: encoded(text) })),
  );
  const withOne = Object.entries(texts).map(([kind, text]) =>
    parameters.length === 0
      ? requestWith(kind, operation, [])
      : fc.nat(parameters.length - 1).chain((odd) =>
          requestWith(
            kind,
            operation,
            parameters.map((parameter, at) =>
              at === odd
                ? text(parameter).map((one) => ({ parameter, text: one }))
                : (valid[at] ?? fc.constant(null)),
            ),
          ),
        ),
  );
  const optional = valid.map((one) => fc.option(one, { freq: 2 }));
  const others: Arbitrary<Drawn>[] = [
    requestWith('parameters left out', operation, optional),
    requestWith('parameters twice', operation, [...valid, ...valid]),
    requestWith('names in another case', operation, valid, (path) => path.toUpperCase()),
    fc
      .tuple(requestWith('unknown parameters', operation, valid), anyText, anyText)
      .map(([{ kind, asked }, name, value]) => ({
        kind,
        asked: {
          ...asked,
          path: `${asked.path}${asked.path.includes('?') ? '&' : '?'}${encoded(name)}=${encoded(value)}`,
        },
      })),
    fc
      .tuple(
        requestWith('another method', operation, valid),
        fc.constantFrom('HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'SEARCH'),
      )
      .map(([{ kind, asked }, other]) => ({ kind, asked: { ...asked, method: other } })),
    requestWith('odd headers', operation, valid).chain(({ kind, asked }) =>
      oddHeaders.map((headers) => ({ kind, asked: { ...asked, headers } })),
    ),
  ];
  const all = fc.oneof(...withOne, ...others);
  if (bodies.size === 0) return all;
  const inBody = fc
    .tuple(requestWith('', operation, valid), bodyFor(bodies, served))
    .map(([{ asked }, { kind, content, type }]) => ({
      kind: `body: ${kind}`,
      asked: { ...asked, method, body: content, headers: type === '' ? {} : { 'Content-Type': type } },
    }));
  return fc.oneof({ weight: 1, arbitrary: all }, { weight: 2, arbitrary: inBody });
}

interface Placed {
  readonly parameter: Parameter;
  /** Ready for an address. */
  readonly text: string;
}

function requestWith(
  kind: string,
  { method, template }: Operation,
  parts: readonly Arbitrary<Placed | null>[],
  change: (path: string) => string = (path) => path,
): Arbitrary<Drawn> {
  return fc.tuple(...parts).map((drawn) => {
    const placed = drawn.filter((one) => one !== null);
    const path = placed
      .filter(({ parameter }) => parameter.in === 'path')
      .reduce((so, { parameter, text }) => so.replace(`{${parameter.name}}`, () => text), template)
      .replace(/\{\w+\}/g, '');
    const query = placed
      .filter(({ parameter }) => parameter.in === 'query')
      .map(({ parameter, text }) => `${parameter.name}=${text}`);
    const whole = query.length === 0 ? path : `${path}?${query.join('&')}`;
    return { kind, asked: { method, path: change(whole) } };
  });
}

const headerText = fc
  .string({ unit: 'binary-ascii', maxLength: 60 })
  .map((text) => text.replace(/[^\t\x20-\x7e]/g, '.'));

/** Headers that the service reads, with what nobody means. */
const oddHeaders = fc
  .tuple(
    fc.constantFrom(
      'Accept',
      'If-None-Match',
      'Authorization',
      'Accept-Encoding',
      'X-Request-Id',
      'Content-Type',
      'Origin',
      'X-Forwarded-For',
      'Cookie',
      'Range',
      'Expect',
      'Upgrade',
      'X-HTTP-Method-Override',
      'Forwarded',
      'TE',
      'Content-Encoding',
    ),
    fc.oneof(
      headerText,
      fc.constantFrom(
        '*',
        '"',
        '""',
        ',,,,',
        'W/"x"',
        'Bearer',
        'Bearer ',
        'Bearer a.b.c',
        'bytes=0-1',
        '*/*;q=9',
        'text/csv;q=nan',
        'gzip;q=0',
        'x'.repeat(8_000),
        '"a",'.repeat(2_000),
      ),
    ),
  )
  .map(([name, value]) => ({ [name]: value }));

/** Does something for each of a list, some at a time. */
export async function inTurns<T>(
  all: readonly T[],
  work: (one: T, at: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < all.length; at = next++) await work(all[at] as T, at);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}
