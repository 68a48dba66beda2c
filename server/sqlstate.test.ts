import { once } from 'node:events';
import { glob, readFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import pg from 'pg';
import { problemOfDatabaseError, raisedSqlstates } from './sqlstate.ts';

const ROOT = new URL('../', import.meta.url).pathname;

test('the SQLSTATEs of the table are those that the SQL raises', async (t) => {
  const raised = new Set<string>();
  for await (const file of glob('{functions,migrations,sql}/**/*.sql', { cwd: ROOT })) {
    if (file.endsWith('.test.sql')) continue;
    const sql = await readFile(ROOT + file, 'utf8');
    for (const [, code] of sql.matchAll(/errcode\s*=\s*'(VP\w{3})'/gi)) raised.add(code ?? '');
  }
  t.deepEqual([...raised].sort(), [...raisedSqlstates].sort());
});

/** An error as pg makes it of what the server sends. */
function databaseError(code: string, message = 'relation "secret" does not exist', hint?: string): Error {
  const error = new pg.DatabaseError(message, message.length, 'error');
  error.code = code;
  error.hint = hint;
  return error;
}

for (const [code, status, retryAfter, reason] of [
  ['VP400', 400, undefined, 'raised: bad argument'],
  ['VP404', 404, undefined, 'raised: unknown make'],
  ['VP409', 409, undefined, 'raised: another run is on'],
  ['VP503', 503, '30', 'raised: nothing published'],
  ['08006', 503, '5', 'connection failure'],
  ['53300', 503, '5', 'too many connections'],
  ['57P01', 503, '5', 'admin shutdown'],
  ['57P02', 503, '5', 'crash'],
  ['57P03', 503, '5', 'starting up'],
  ['25006', 503, '5', 'a write while a failover is under way'],
  ['57014', 503, '2', 'statement timeout'],
  ['40001', 503, '2', 'conflict with recovery on a replica'],
  ['42501', undefined, undefined, 'a missing grant is our fault'],
  ['42883', undefined, undefined, 'a missing function is our fault'],
  ['22P02', undefined, undefined, 'a value that validation should have refused is our fault'],
  ['XX000', undefined, undefined, 'unknown'],
] as const) {
  test(`${code} → ${status ?? 500}: ${reason}`, (t) => {
    const problem = problemOfDatabaseError(databaseError(code));
    t.is(problem?.status, status);
    t.is(problem?.headers['Retry-After'], retryAfter);
    if (!code.startsWith('VP')) t.notRegex(JSON.stringify(problem?.toDocument() ?? {}), /secret/);
  });
}

test('what the SQL raises is told in its own words, with its hint', (t) => {
  const problem = problemOfDatabaseError(databaseError('VP404', 'unknown make "X"', 'list the makes'));
  t.like(problem?.toDocument(), { detail: 'unknown make "X"', hint: 'list the makes', error: 'not-found' });
});

test('what is no error of the database is none to the table', (t) => {
  t.is(problemOfDatabaseError(new TypeError('x is not a function')), undefined);
  t.is(problemOfDatabaseError('text'), undefined);
  // Classes are PostgreSQL's: a code of Node that begins alike is not one of them.
  t.is(problemOfDatabaseError(Object.assign(new Error('?'), { code: '08_NODE' })), undefined);
});

/** Enough of a PostgreSQL server to accept a login: AuthenticationOk, ReadyForQuery. */
const WELCOME = Buffer.from('520000000800000000' + '5a0000000549', 'hex');

/** A TCP server that treats every connection as told; gone after the test. */
async function fakeServer(t: ExecutionContext, treat: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    treat(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** What the table says of the error that a query through a new pool fails with. */
async function failureOf(t: ExecutionContext, config: pg.PoolConfig, before?: (pool: pg.Pool) => unknown) {
  const pool = new pg.Pool({ host: '127.0.0.1', user: 'nobody', database: 'none', password: '', ...config });
  pool.on('error', () => undefined);
  await before?.(pool);
  const error: unknown = await t.throwsAsync(pool.query('select 1'));
  if (!pool.ended) pool.end().catch(() => undefined);
  const problem = problemOfDatabaseError(error);
  t.is(problem?.status, 503, String(error));
  t.regex(problem?.headers['Retry-After'] ?? '', /^[0-9]+$/);
}

test('503: nobody listens', async (t) => {
  await failureOf(t, { port: 1 });
  await failureOf(t, { host: '/nonexistent', port: 5432 });
});

test('503: the server hangs up before the login', async (t) => {
  await failureOf(t, { port: await fakeServer(t, (socket) => socket.destroy()) });
});

test('503: the server says nothing', async (t) => {
  await failureOf(t, { port: await fakeServer(t, () => undefined), connectionTimeoutMillis: 50 });
});

test('503: the server hangs up during the query', async (t) => {
  const port = await fakeServer(t, (socket) => {
    socket.once('data', () => {
      socket.write(WELCOME);
      socket.once('data', () => socket.destroy());
    });
  });
  await failureOf(t, { port });
});

test('503: the query takes too long', async (t) => {
  const port = await fakeServer(t, (socket) => socket.once('data', () => socket.write(WELCOME)));
  await failureOf(t, { port, query_timeout: 50 });
});

test('503: every connection of the pool is taken', async (t) => {
  const port = await fakeServer(t, (socket) => socket.once('data', () => socket.write(WELCOME)));
  await failureOf(t, { port, max: 1, connectionTimeoutMillis: 50 }, async (pool) => {
    const taken = await pool.connect();
    taken.on('error', () => undefined);
  });
});

test('503: the pool is closed, the process is shutting down', async (t) => {
  await failureOf(t, { port: 1 }, (pool) => pool.end());
});
