/** Requests to the admin pages' GraphQL that ask for too much, by an admin whose token is good. */

import fc from 'fast-check';
import { z } from 'zod';
import type { TestServer } from '../../harness/databases.ts';
import type { Extent, Outcome } from '../section.ts';
import { Hang } from './client.ts';
import { Grid, Ledger } from './ledger.ts';
import { BETRAYAL } from './routes.ts';
import { Target } from './target.ts';
import { anyText } from './texts.ts';

/** Rounds of all greedy queries in the full run, each with other names. */
const ROUNDS = 12;
/** Random texts in the full run. */
const TEXTS = 3_000;

const GOOD = { query: '{ releases(first: 1) { nodes { releaseId } } }' };

interface Greedy {
  readonly name: string;
  /** As a body of JSON. */
  readonly body: unknown;
  /** Whether there is nothing wrong with it. */
  readonly isFine?: boolean;
}

/** Each fragment spreads the next one twice. */
function doubling(fragments: number, leaf: string): string {
  const all = Array.from(
    { length: fragments },
    (_, at) => `fragment f${at} on Query { ...f${at + 1} ...f${at + 1} }`,
  );
  return `${all.join(' ')} fragment f${fragments} on Query { ${leaf} }`;
}

const aliases = (count: number, field: string): string =>
  Array.from({ length: count }, (_, at) => `a${at}: ${field}`).join(' ');

/** What a server of GraphQL can be brought down with; `n` makes each round's another one. */
function greedyQueries(n: number): readonly Greedy[] {
  const deep = (levels: number): string => `${'{ query '.repeat(levels)}{ __typename }${' }'.repeat(levels)}`;
  const page = 'runs(first: 100) { nodes { runSteps(first: 100) { nodes { step rowCount } } } }';
  return [
    { name: 'levels', body: { query: deep(12 + n) } },
    { name: 'levels beyond the stack', body: { query: deep(1_200) } },
    {
      name: 'levels in fragments',
      body: {
        query: `{ ...a } fragment a on Query { query { query { query { query { ...b } } } } } fragment b on Query ${deep(8)}`,
      },
    },
    { name: 'doubling fragments', body: { query: `{ ...f0 } ${doubling(24 + n, '__typename')}` } },
    { name: 'many doubling fragments', body: { query: `{ ...f0 } ${doubling(300, '__typename')}` } },
    {
      name: 'doubling fragments with pages',
      body: { query: `{ ...f0 } ${doubling(16, 'releases(first: 1) { totalCount }')}` },
    },
    {
      name: 'fragments in a circle',
      body: { query: '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }' },
    },
    {
      name: 'aliases of a page',
      body: { query: `{ ${aliases(150, 'releases(first: 100) { nodes { releaseId } }')} }` },
    },
    { name: 'aliases of nothing', body: { query: `{ ${aliases(1_500, '__typename')} }` }, isFine: true },
    // The validation of the libraries gives up on it.
    { name: 'the same field', body: { query: `{ ${'__typename '.repeat(4_900)} }` } },
    { name: 'pages in pages', body: { query: `{ ${page} }` } },
    { name: 'a page without a size', body: { query: '{ releases { nodes { releaseId } } }' } },
    { name: 'a page below zero', body: { query: '{ releases(first: -1) { nodes { releaseId } } }' } },
    {
      name: 'a size in a variable',
      body: {
        query: 'query ($n: Int) { releases(first: $n) { nodes { releaseId } } }',
        variables: { n: 2 ** 31 - 1 },
      },
    },
    {
      name: 'a variable that defaults',
      body: { query: 'query ($n: Int = 1000000) { releases(first: $n) { nodes { releaseId } } }' },
    },
    { name: 'directives', body: { query: `{ __typename ${'@include(if: true) '.repeat(700)}}` } },
    {
      name: 'lists in lists',
      body: {
        query: `{ releases(first: 1, orderBy: ${'['.repeat(2_000)}${']'.repeat(2_000)}) { totalCount } }`,
      },
    },
    {
      name: 'objects in objects',
      body: {
        query: `{ releases(first: 1, condition: ${'{a:'.repeat(1_500)}1${'}'.repeat(1_500)}) { totalCount } }`,
      },
    },
    {
      name: 'operations by the hundred',
      body: {
        query: Array.from({ length: 900 }, (_, at) => `query q${at} { __typename }`).join(' '),
        operationName: 'q1',
      },
      isFine: true,
    },
    { name: 'more tokens than anybody writes', body: { query: `{ ${'a '.repeat(30_000)} }` } },
    {
      name: 'a comment as long as it gets',
      body: { query: `{ __typename } #${'x'.repeat(80_000)}` },
      isFine: true,
    },
    { name: 'a list of requests', body: Array.from({ length: 500 }, () => GOOD) },
    {
      name: 'introspection',
      body: { query: '{ __schema { types { name fields { name type { name } } } } }' },
      isFine: true,
    },
    {
      name: 'introspection without end',
      body: {
        query: `{ __schema { types { ${'fields { type { '.repeat(12)} name ${'} } '.repeat(12)} } } }`,
      },
    },
    {
      name: 'introspection times a hundred',
      body: {
        query: `{ ${aliases(100, '__schema { types { fields { args { type { name } } type { name } } } }')} }`,
      },
    },
    { name: 'a subscription', body: { query: 'subscription { releases { totalCount } }' } },
    {
      name: 'names of Object.prototype',
      body: { query: '{ __proto__ constructor }', variables: JSON.parse('{"__proto__":{"first":1}}') },
    },
    { name: 'no query', body: { query: null } },
    { name: 'a query that is none', body: { query: { $gt: '' } } },
  ];
}

const reply = z.looseObject({ errors: z.array(z.looseObject({ message: z.string() })).optional() });

/** Asks for too much, and sees that the next one is answered. */
export async function askForTooMuch(server: TestServer, extent: Extent): Promise<Outcome> {
  const ledger = new Ledger();
  const grid = new Grid('request', ['requests', 'answered', 'refused']);
  // The process behind the pages inherits the environment, and its log is the service's.
  const target = await Target.open(server);
  const ask = async (name: string, body: unknown): Promise<'answered' | 'refused' | undefined> => {
    ledger.count('requests');
    grid.count(name, 'requests');
    try {
      const { status, body: text } = await target.client.ask({
        method: 'POST',
        path: '/admin/graphql',
        headers: { ...target.as('ada', { roles: ['admin'] }), 'Content-Type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      if (status >= 500) ledger.harmed('unexpected5xx', `${name}: ${status} ${text.slice(0, 300)}`);
      if (BETRAYAL.test(text))
        ledger.harmed('wrong', `${name} betrays what is behind: ${text.slice(0, 300)}`);
      const isRefused = status >= 400 || reply.parse(JSON.parse(text)).errors !== undefined;
      const outcome = isRefused ? 'refused' : 'answered';
      grid.count(name, outcome);
      return outcome;
    } catch (error) {
      ledger.harmed(error instanceof Hang ? 'hangs' : 'wrong', `${name}: ${error}`);
      return undefined;
    }
  };
  try {
    await ask('the first', GOOD);
    await target.askingGood(ledger, async () => {
      for (let round = 0; round < Math.max(1, Math.round(ROUNDS * extent.share)); round += 1) {
        for (const { name, body, isFine = false } of greedyQueries(round)) {
          const outcome = await ask(name, body);
          if (outcome === (isFine ? 'refused' : 'answered')) ledger.object(`${name}: ${outcome}`);
          if ((await ask('a modest one in between', GOOD)) !== 'answered')
            ledger.object(`after ${name} nothing is answered`);
        }
        extent.say(`round ${round + 1}`);
      }
      const numRuns = Math.max(20, Math.round(TEXTS * extent.share));
      for (const text of fc.sample(anyText, { numRuns, seed: extent.seed })) {
        await ask('texts', {
          query: 'query ($t: String) { releases(first: 1, condition: { dataVersion: $t }) { totalCount } }',
          variables: { t: text },
        });
        await ask('texts as queries', { query: text });
        await ask('texts as bodies', text);
      }
    });
  } finally {
    await target.close(ledger);
  }
  return ledger.outcome(grid.rows);
}
