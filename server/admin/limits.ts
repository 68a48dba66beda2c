/** How much one GraphQL request may ask for: pages of a known size, few rows in all, few levels. */

import { type DocumentNode, Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity, simpleEstimator } from 'graphql-query-complexity';
import { SafeError } from 'postgraphile/grafast';
import type { GraphQLSchema } from 'postgraphile/graphql';

/** Rows of one connection. */
const LARGEST_PAGE = 100;

/** Fields of all rows that a request may give: a page of a hundred runs with ten steps each, all their fields, and then some. */
const MOST_FIELDS = 20_000;

/** A run's steps, as a connection with edges, take six. GraphiQL's introspection takes fifteen, and is not counted. */
const MOST_LEVELS = 10;

/** A request of people is a few hundred tokens; GraphiQL's introspection 400. */
const MOST_TOKENS = 5_000;

/**
 * Refuses what asks for too much. What cannot be parsed passes: whoever executes it says so better.
 *
 * @throws SafeError 400 with what is allowed
 */
export function demandModesty(
  schema: GraphQLSchema,
  query: unknown,
  given: unknown,
  operationName: unknown,
): void {
  if (typeof query !== 'string') return;
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: MOST_TOKENS, noLocation: true });
  } catch (error) {
    if (/more that \d+ tokens/.test(String(error))) throw tooMuch(`has more than ${MOST_TOKENS} tokens`);
    return;
  }
  const levels = Math.max(0, ...document.definitions.map((definition) => levelsOf(definition, document)));
  if (levels > MOST_LEVELS) throw tooMuch(`has ${levels} levels; allowed are ${MOST_LEVELS}`);
  let fields: number;
  try {
    fields = getComplexity({
      schema,
      query: document,
      variables: isObject(given) ? given : {},
      ...(typeof operationName === 'string' && { operationName }),
      estimators: [countRows, simpleEstimator({ defaultComplexity: 1 })],
    });
  } catch (error) {
    if (error instanceof SafeError) throw error;
    // Variables or arguments that do not fit: the execution names them.
    return;
  }
  if (fields > MOST_FIELDS) {
    throw tooMuch(`may give ${fields} fields; allowed are ${MOST_FIELDS}: ask for smaller pages`);
  }
}

/** A connection counts for as many rows as it may give, so it has to say how many. */
function countRows({ field, args, childComplexity }: ComplexityEstimatorArgs): number | undefined {
  if (!field.args.some(({ name }) => name === 'first')) return undefined;
  const { first, last } = args as { first?: unknown; last?: unknown };
  const size = first ?? last;
  if (typeof size !== 'number' || size < 1 || size > LARGEST_PAGE || (first != null && last != null)) {
    throw tooMuch(`needs a page size: ${field.name}(first: 1 to ${LARGEST_PAGE}), or last`);
  }
  return 1 + size * childComplexity;
}

function levelsOf(definition: DocumentNode['definitions'][number], document: DocumentNode): number {
  if (definition.kind !== Kind.OPERATION_DEFINITION) return 0;
  return levelsBelow((definition as OperationDefinitionNode).selectionSet, document, []);
}

/** Levels of fields; a fragment that contains itself is left to the validation. */
function levelsBelow(
  set: SelectionSetNode | undefined,
  document: DocumentNode,
  within: readonly string[],
): number {
  if (set === undefined) return 0;
  let most = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value.startsWith('__')) continue;
      most = Math.max(most, 1 + levelsBelow(selection.selectionSet, document, within));
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      most = Math.max(most, levelsBelow(selection.selectionSet, document, within));
    } else {
      const name = selection.name.value;
      if (within.includes(name)) continue;
      const fragment = document.definitions.find(
        (candidate) => candidate.kind === Kind.FRAGMENT_DEFINITION && candidate.name.value === name,
      );
      if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) continue;
      most = Math.max(most, levelsBelow(fragment.selectionSet, document, [...within, name]));
    }
  }
  return most;
}

function tooMuch(what: string): SafeError {
  return new SafeError(`the request ${what}`, { statusCode: 400 });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
