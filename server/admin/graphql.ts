/** `/admin/graphql` and `/admin/graphiql`: PostGraphile over schema `admin` of the platform database. */

import type { IncomingMessage } from 'node:http';
import { PgSimplifyInflectionPreset } from '@graphile/simplify-inflection';
import { GraphQLError } from 'graphql';
import type pg from 'pg';
import type { Logger } from 'pino';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/express/v4';
import type { GraphileConfig } from 'postgraphile/graphile-build';
import type { GraphQLSchema } from 'postgraphile/graphql';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { problemOfDatabaseError } from '../sqlstate.ts';
import { BODY_LIMIT } from './forward.ts';
import { demandModesty } from './limits.ts';
import { viewTags } from './tags.ts';

export interface AdminGraphqlOptions {
  /** As role mvp_platform_graphql, with a time limit for statements. */
  readonly pool: pg.Pool;
  readonly logger: Pick<Logger, 'error'>;
  /** Who asks: for what is recorded. */
  readonly subjectOf: (request: IncomingMessage) => string;
}

export interface AdminGraphql {
  /** Express middleware for both paths. */
  readonly handler: ReturnType<ReturnType<typeof grafserv>['createHandler']>;
  readonly schema: GraphQLSchema;
  release(): Promise<void>;
}

/** Makes the schema from the database as it is now. @throws when the database is away or the login may not take the role */
export async function openGraphql({ pool, logger, subjectOf }: AdminGraphqlOptions): Promise<AdminGraphql> {
  const limits: GraphileConfig.Plugin = {
    name: 'AdminLimitsPlugin',
    grafserv: {
      middleware: {
        processGraphQLRequestBody(next, { body }) {
          demandModesty(schema, body.query, body.variableValues, body.operationName);
          return next();
        },
      },
    },
  };
  const instance = postgraphile({
    extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset],
    plugins: [viewTags, limits],
    // Global ids serve clients that keep a store; these rows have ids that people know.
    disablePlugins: ['NodePlugin', 'AddNodeInterfaceToSuitableTypesPlugin'],
    // Rows of views: what can be seen can be sorted and filtered by, there are few.
    pgServices: [makePgService({ pool, schemas: ['admin'] })],
    grafserv: {
      graphqlPath: '/admin/graphql',
      graphiqlPath: '/admin/graphiql',
      graphiqlStaticPath: '/admin/graphiql/static/',
      graphiqlOnGraphQLGET: false,
      graphqlOverGET: false,
      websockets: false,
      watch: false,
      maxRequestLength: BODY_LIMIT,
      maskError: (error) => told(error, logger),
    },
    grafast: {
      explain: false,
      context: ({ node }) => {
        if (node === undefined) throw new Error('a request that came by no server');
        return { pgSettings: { 'mvp_platform.subject': subjectOf(node.req) } };
      },
    },
  });
  const schema = await instance.getSchema();
  const handler = instance.createServ(grafserv).createHandler();
  return { handler, schema, release: async () => instance.release() };
}

/** What the database said on purpose, in its words; of everything else that it failed. */
function told(error: GraphQLError, logger: Pick<Logger, 'error'>): GraphQLError {
  const cause = error.originalError;
  // Mistakes in the request itself.
  if (cause === undefined || cause === null || cause instanceof GraphQLError) return error;
  const problem = problemOfDatabaseError(cause);
  if (problem === undefined) logger.error({ err: cause, path: error.path }, 'an admin request failed');
  return new GraphQLError(problem?.message ?? 'the request failed; the log has the cause', {
    nodes: error.nodes ?? null,
    path: error.path ?? null,
    extensions: {
      ...problem?.extensions,
      code: problem?.slug ?? 'internal-error',
      status: problem?.status ?? 500,
    },
  });
}
