/** The parts of the reliability run that are hostile: each on a PostgreSQL of its own, with the fixture's data. */

import type { TestServer } from '../../harness/databases.ts';
import { prepare } from '../../harness/prepare.ts';
import { startEmbedded18 } from '../../harness/servers.ts';
import type { Extent, Outcome, Section } from '../section.ts';
import { attackConnections } from './connections.ts';
import { loadBrokenDumps } from './dumps.ts';
import { askForTooMuch } from './graphql.ts';
import { compileOddKeys } from './keys.ts';
import { askOddly } from './routes.ts';
import { injectSql } from './sql.ts';

type Attack = (server: TestServer, extent: Extent) => Promise<Outcome>;

function onServer(attack: Attack): Section['run'] {
  return async (extent) => {
    const stop = new AbortController();
    const running = await startEmbedded18(stop.signal);
    try {
      const server = await prepare(running, { fixture: true, data: false }, extent.say, stop.signal);
      return await attack(server, extent);
    } finally {
      await running.stop();
    }
  };
}

export const hostileRoutes: Section = {
  name: 'hostile-routes',
  title: 'Requests that nobody means',
  about:
    "Requests drawn from the service's own OpenAPI document: every operation and parameter valid, at its edge, of another type, left out, twice, huge, in odd Unicode and odd encodings; bodies drawn from the schemas and damaged. Every answer is held against the document, every refusal has to be a problem in few words, and good questions in between have to be answered as before.",
  run: onServer(askOddly),
};

export const hostileSql: Section = {
  name: 'hostile-sql',
  title: 'SQL where a text belongs',
  about:
    "A corpus of SQL injections in every parameter, header, body and token, and in the admin pages' GraphQL. PostgreSQL writes down every statement that it gets: none may hold anything of a client's. Tables, roles, functions and another user's vehicles have to be what they were, and no answer may hold PostgreSQL's words.",
  run: onServer(injectSql),
};

export const hostileConnections: Section = {
  name: 'hostile-connections',
  title: 'Connections that misbehave',
  about:
    'Slow headers and bodies, readers that read nothing, lines and streams without end, floods of pipelined requests, header bombs, shapes of request smuggling, addresses that lead elsewhere, connections that are reset. Meanwhile others have to be answered, memory has to stay bounded, and the service has to close every one of these connections by its own limits.',
  run: onServer(attackConnections),
};

export const hostileGraphql: Section = {
  name: 'hostile-graphql',
  title: 'GraphQL that asks for too much',
  about:
    'Levels, aliases, pages in pages, fragments that double each other, lists of requests, introspection without end, by an admin with a good token: each has to be refused, and a modest request after it answered.',
  run: onServer(askForTooMuch),
};

export const hostileDumps: Section = {
  name: 'hostile-dumps',
  title: 'Dumps that are broken, or want something',
  about:
    'Dumps cut off, changed, packed wrongly, bombs, and with orders in and between their data: read to the end, and some of them rebuilt from. Each has to be refused with one line or loaded as what it says; nothing of it may be executed, memory has to stay bounded, and a refused one leaves the published release as it was.',
  run: onServer(loadBrokenDumps),
};

export const hostileKeys: Section = {
  name: 'hostile-keys',
  title: 'Pattern keys and VINs without sense',
  about:
    'Keys with brackets that never close, wildcards and ranges of up to 900,000 characters, compiled into a release; then random texts through every function that takes a VIN. The rebuild has to come to its end, no call may raise, and the good VIN has to be decoded as before.',
  run: onServer(compileOddKeys),
};
