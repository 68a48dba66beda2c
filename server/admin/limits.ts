/** How much one GraphQL request may ask for: pages of a known size, few rows in all, few levels. */

import { type DefinitionNode, type DocumentNode, Kind, OperationTypeNode, parse } from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity, simpleEstimator } from 'graphql-query-complexity';
import { SafeError } from 'postgraphile/grafast';
import type { GraphQLSchema } from 'postgraphile/graphql';
import { extentOf } from './query-extent.ts';

/** Rows of one connection. */
const LARGEST_PAGE = 100;

/** Fields of all rows that a request may give: a page of a hundred runs with ten steps each, all their fields, and then some. */
const MOST_FIELDS = 20_000;

/** A run's steps, as a connection with edges, take six. GraphiQL's introspection takes fifteen, and is not counted. */
const MOST_LEVELS = 10;

/** GraphiQL asks once. A hundred times are two seconds and two megabytes. */
const MOST_INTROSPECTIONS = 3;

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
  if (document.definitions.some(isSubscription))
    throw new SafeError('there are no subscriptions; ask again instead', { statusCode: 400 });
  const { levels, selected, introspections } = extentOf(document);
  if (levels > MOST_LEVELS) throw tooMuch(`has ${levels} levels; allowed are ${MOST_LEVELS}`);
  if (selected > MOST_FIELDS) throw tooMuch(`selects more than ${MOST_FIELDS} fields`);
  if (introspections > MOST_INTROSPECTIONS)
    throw tooMuch(`asks for the schema ${introspections} times; allowed are ${MOST_INTROSPECTIONS}`);
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

function isSubscription(definition: DefinitionNode): boolean {
  return (
    definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.SUBSCRIPTION
  );
}

function tooMuch(what: string): SafeError {
  return new SafeError(`the request ${what}`, { statusCode: 400 });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
