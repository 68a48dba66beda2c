import test from 'ava';
import { fileNameOf, isLoopback, parseAddress, shown, shownSource } from './address.ts';
import { redirectTarget } from './ask.ts';

test('https anywhere, plain http on this machine or where it is allowed', (t) => {
  for (const url of ['https://example.org/x.zip', 'http://localhost:1/x.zip', 'http://[::1]/x.zip']) {
    t.is(parseAddress(url, false).href, url);
  }
  t.is(parseAddress('http://mirror/x.zip', true).href, 'http://mirror/x.zip');
  const refused: [url: string, message: RegExp][] = [
    ['http://mirror/x.zip', /^http:\/\/ is not taken as a source: use https, or set ETL_ALLOW_HTTP to yes$/],
    ['http://localhost.example.org/x.zip', /use https/],
    ['ftp://localhost/x.zip', /^ftp:\/\/ is not taken as a source: use https$/],
    ['file:///x.zip', /use https/],
    ['https://', /is no URL$/],
    ['https://me:secret@example.org/x.zip', /must not hold a login: https:\/\/…@example\.org$/],
  ];
  for (const [url, message] of refused) {
    t.throws(() => parseAddress(url, false), { name: 'SourceError', message }, url);
  }
});

test('a redirect never leaves https', (t) => {
  const from = new URL('https://example.org/a/x.zip');
  t.is(redirectTarget(from, '../y.zip').href, 'https://example.org/y.zip');
  t.is(redirectTarget(from, 'https://cdn.example/y').href, 'https://cdn.example/y');
  const plain = new URL('http://localhost/x.zip');
  t.is(redirectTarget(plain, 'https://cdn.example/y').href, 'https://cdn.example/y');
  t.is(redirectTarget(plain, '//other/y').href, 'http://other/y');
  for (const to of ['http://example.org/x.zip', 'file:///etc/passwd', 'data:,x', 'ftp://h/x']) {
    t.throws(() => redirectTarget(from, to), {
      name: 'SourceError',
      message: /redirects to \w+:\/\/, which is not/,
    });
  }
  for (const to of [null, 'https://']) {
    t.throws(() => redirectTarget(from, to), { name: 'SourceError', message: /which is no address$/ });
  }
});

test('a name leads nowhere', (t) => {
  const cases: [url: string, name: string][] = [
    ['https://h/a/vPICList_lite_2026_03.plain.zip?key=x', 'vPICList_lite_2026_03.plain.zip'],
    ['https://h/x.SQL.GZ', 'x.SQL.GZ'],
    ['https://h/..%2f..%2fetc%2fpasswd.sql', '_.._etc_passwd.sql'],
    ['https://h/%00%e2%80%ae.zip', '____.zip'],
    ['https://h/.hidden.zip', 'hidden.zip'],
    ['https://h/a;b=c$.zip', 'a_b_c_.zip'],
    [`https://h/${'x'.repeat(300)}.zip`, `${'x'.repeat(96)}.zip`],
  ];
  for (const [url, name] of cases) t.is(fileNameOf(new URL(url)), name);
  for (const url of [
    'https://h/',
    'https://h/x',
    'https://h/x.zip/',
    'https://h/?x.zip',
    'https://h/.zip',
    'https://h/x.custom',
  ]) {
    t.throws(
      () => fileNameOf(new URL(url)),
      { name: 'SourceError', message: /is not the address of a/ },
      url,
    );
  }
});

test('what may be a key is not shown', (t) => {
  t.is(shown(new URL('https://h:8/x.zip?token=secret#part')), 'https://h:8/x.zip');
  t.is(shownSource('https://me:secret@h:8/x.zip?token=secret#part'), 'https://h:8/x.zip');
  for (const spec of ['bundled', 'nhtsa', '/data/x.zip', 'C:\\data\\x.zip']) t.is(shownSource(spec), spec);
});

test('this machine', (t) => {
  for (const url of ['http://localhost', 'http://127.0.0.1:9', 'http://[::1]'])
    t.true(isLoopback(new URL(url)));
  for (const url of ['http://localhost.org', 'http://127.0.0.1.nip.io']) t.false(isLoopback(new URL(url)));
});
