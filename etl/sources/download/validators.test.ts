import test from 'ava';
import { ifNoneOf, ifRange, parseContentRange, sameTag } from './validators.ts';

const DATE = 'Tue, 10 Mar 2026 12:00:00 GMT';

test('conditions: tags of all files, else one date that holds for all', (t) => {
  const tag = (etag: string | null, lastModified: string | null = null) => ({ etag, lastModified });
  t.deepEqual(ifNoneOf([]), {});
  t.deepEqual(ifNoneOf([tag(null)]), {});
  t.deepEqual(ifNoneOf([tag('"a"', DATE)]), { 'if-none-match': '"a"' });
  t.deepEqual(ifNoneOf([tag('"a"'), tag('W/"b"'), tag('"a"')]), { 'if-none-match': '"a", W/"b"' });
  t.deepEqual(ifNoneOf([tag(null, DATE), tag('"b"')]), { 'if-none-match': '"b"' });
  t.deepEqual(ifNoneOf([tag(null, DATE), tag(null, DATE)]), { 'if-modified-since': DATE });
  t.deepEqual(ifNoneOf([tag(null, DATE), tag(null, 'Wed, 11 Mar 2026 12:00:00 GMT')]), {});
});

test('a file is continued by a strong tag, or by a date that is older than its answer', (t) => {
  t.is(ifRange({ etag: '"a"', lastModified: DATE }, null), '"a"');
  t.is(ifRange({ etag: 'W/"a"', lastModified: DATE }, 'Wed, 11 Mar 2026 12:00:00 GMT'), null);
  t.is(ifRange({ etag: null, lastModified: DATE }, 'Tue, 10 Mar 2026 12:00:01 GMT'), DATE);
  t.is(ifRange({ etag: null, lastModified: DATE }, DATE), null);
  t.is(ifRange({ etag: null, lastModified: DATE }, null), null);
  t.is(ifRange({ etag: null, lastModified: 'yesterday' }, DATE), null);
  t.is(ifRange({ etag: null, lastModified: null }, DATE), null);
});

test('tags are compared weakly, and none is like none', (t) => {
  t.true(sameTag('"a"', 'W/"a"'));
  t.false(sameTag('"a"', '"b"'));
  t.false(sameTag(null, null));
});

test('Content-Range', (t) => {
  t.deepEqual(parseContentRange('bytes 5-9/10'), { start: 5, total: 10 });
  for (const value of [null, '', 'bytes */10', 'bytes 5-9/*', 'items 5-9/10', 'bytes 5-9/10, 1-2/3']) {
    t.is(parseContentRange(value), null, `${value}`);
  }
});
