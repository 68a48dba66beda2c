import test from 'ava';
import { badRequest, Problem, unavailable } from './problem.ts';

test('a problem document has the members of RFC 9457, and error and message', (t) => {
  t.deepEqual(new Problem({ status: 404, slug: 'not-found', detail: 'no such make' }).toDocument(), {
    type: '/problems/not-found',
    title: 'Not Found',
    status: 404,
    detail: 'no such make',
    error: 'not-found',
    message: 'no such make',
  });
});

test('extensions are members beside the standard ones and never in their place', (t) => {
  const document = badRequest('no', { problems: [1], status: 200, type: 'evil' }).toDocument();
  t.like(document, { problems: [1], status: 400, type: '/problems/bad-request' });
});

test('a cause is for the log: it is not in the document', (t) => {
  const problem = unavailable('try later', 5, new Error('password of postgres'));
  t.is(problem.headers['Retry-After'], '5');
  t.notRegex(JSON.stringify(problem.toDocument()), /password/);
  t.true(problem.cause instanceof Error);
});
