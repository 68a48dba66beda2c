import test from 'ava';
import { RebuildError, SourceError, toRebuildError } from './errors.ts';

const pgError = (code: string, more: object = {}) =>
  Object.assign(new Error('said the server'), { code, ...more });

test('what went wrong decides the kind and the advice, always in one line', (t) => {
  const cases: [thrown: unknown, failure: string, message: RegExp][] = [
    [new SourceError('no such file'), 'source', /^no such file$/],
    [pgError('53100'), 'disk_full', /disk is full \(while loading\): free some space/],
    [pgError('57P01'), 'connection', /no connection to the platform database while loading/],
    [pgError('08006'), 'connection', /no connection/],
    [pgError('ECONNRESET'), 'connection', /no connection/],
    [pgError('ENOENT', { syscall: 'connect' }), 'connection', /no connection/],
    [new AggregateError([pgError('ECONNREFUSED')], ''), 'connection', /said the server; check that it runs$/],
    [new Error('Connection terminated unexpectedly'), 'connection', /no connection/],
    [pgError('VP409', { hint: 'wait for it' }), 'busy', /^said the server \(wait for it\)$/],
    [pgError('VP500'), 'refused', /^said the server$/],
    [pgError('22P02', { where: 'COPY make,\n  line 3' }), 'data', /said the server; COPY make,; line 3$/],
    [pgError('42501'), 'database', /^the rebuild failed while loading: said the server$/],
    [new Error('two\r\n  lines\n'), 'database', /: two; lines$/],
    ['a string', 'database', /a string$/],
  ];
  for (const [thrown, failure, message] of cases) {
    const error = toRebuildError(thrown, 'loading');
    t.is(error.failure, failure as RebuildError['failure']);
    t.regex(error.message, message);
    t.false(error.message.includes('\n'));
  }
});

test('a cancelled run is called so, whatever the abort broke', (t) => {
  t.is(toRebuildError(pgError('57014'), 'loading', true).failure, 'cancelled');
});

test('an error that is one already stays as it is', (t) => {
  const error = new RebuildError('busy', 'another rebuild is on');
  t.is(toRebuildError(error, 'loading', true), error);
});
