/** Who may come to the admin pages, with a token in the header and with one in a cookie. */

import test from 'ava';
import { createAuthenticator } from '../../server/auth/authenticator.ts';
import { claims, forge, hmac, now } from '../../server/auth/testing/tokens.ts';
import { testServers } from '../harness/databases.ts';
import { adminToken, openAdminService } from './admin.ts';
import { SECRET, tokenOf } from './garage.ts';
import { problemOf } from './service.ts';

// Whoever is refused reaches no database: one server is enough.
const [server] = testServers();
if (server === undefined) throw new Error('no server');
const opening = openAdminService(server.empty);
test.after.always('close the service', async () => (await opening).close());

const requests: readonly [method: string, path: string][] = [
  ['POST', '/admin/graphql'],
  ['GET', '/admin/graphiql'],
  ['GET', '/admin/graphiql/static/ruru.js'],
  ['GET', '/admin/jobs'],
  ['GET', '/admin/jobs/queues.data'],
];

const header = { alg: 'HS256', typ: 'JWT' };
const admin = { ...claims, roles: ['admin'] };
const tokens: readonly [reason: string, authorization: string | undefined, status: number][] = [
  ['no token', undefined, 401],
  ['a word', 'Bearer admin', 401],
  [
    'a forged signature',
    `Bearer ${forge(header, admin, hmac('another secret of more than thirty-two bytes'))}`,
    401,
  ],
  ['no signature', `Bearer ${forge({ alg: 'none' }, admin, () => '')}`, 401],
  ['a token that has expired', `Bearer ${forge(header, { ...admin, exp: now - 60 }, hmac(SECRET))}`, 401],
  ['a token without an end', `Bearer ${forge(header, { sub: 'ada', roles: ['admin'] }, hmac(SECRET))}`, 401],
  ['no role', `Bearer ${tokenOf('bob')}`, 403],
  ['another role', `Bearer ${tokenOf('bob', { role: 'administrator', roles: ['user'] })}`, 403],
];

for (const [reason, authorization, status] of tokens) {
  test.serial(`${reason} is a ${status}, on every path`, async (t) => {
    const { ask, admin: pages } = await opening;
    for (const [method, path] of requests) {
      const reply = await ask(path, {
        method,
        headers: authorization ? { Authorization: authorization } : {},
      });
      await problemOf(t, reply, status);
      t.is(reply.headers.has('www-authenticate'), status === 401);
    }
    t.is(await pages.process.pid(), null, 'nobody has had anything started');
  });
}

test.serial('without keys nobody comes in', async (t) => {
  const closed = createAuthenticator(null, { warn: () => {} });
  await t.throwsAsync(closed({ headersDistinct: { authorization: [`Bearer ${adminToken()}`] } }), {
    message: /JWT_SECRET/,
  });
});

test.serial('other methods and paths', async (t) => {
  const { ask } = await opening;
  const headers = { Authorization: `Bearer ${adminToken()}` };
  for (const [method, path, status] of [
    ['GET', '/admin/graphql', 405],
    ['POST', '/admin/jobs/queues/rebuild', 405],
    ['POST', '/admin/graphiql', 405],
    ['GET', '/admin/graphiqls', 404],
    ['GET', '/admin/other', 404],
  ] as const) {
    await problemOf(t, await ask(path, { method, headers }), status);
  }
});

/** Signs in as a browser does. */
async function signIn(
  token: string,
  next = '/admin/graphiql',
  headers: Record<string, string> = {},
): Promise<Response> {
  const { ask } = await opening;
  return ask('/admin/sign-in', {
    method: 'POST',
    headers: { 'Sec-Fetch-Site': 'same-origin', ...headers },
    body: new URLSearchParams({ token, next }),
  });
}

test.serial('a person who opens a page gets the form, and what was wanted after it', async (t) => {
  const { ask } = await opening;
  const asked = await ask('/admin/jobs/queues', { headers: { Accept: 'text/html,*/*;q=0.8' } });
  t.is(asked.status, 401);
  const html = await asked.text();
  t.regex(html, /<form method="post" action="\/admin\/sign-in">/);
  t.regex(html, /name="next" value="\/admin\/jobs\/queues"/);

  const reply = await signIn(` Bearer ${adminToken()}\n`, '/admin/jobs/queues');
  t.is(reply.status, 303);
  t.is(reply.headers.get('location'), '/admin/jobs/queues');
  const cookie = reply.headers.get('set-cookie') ?? '';
  t.regex(cookie, /^mvp-platform-admin=[\w.-]+; Path=\/admin; Expires=[^;]+ GMT; HttpOnly; SameSite=Strict$/);
  const expires = Date.parse(/Expires=([^;]+)/.exec(cookie)?.[1] ?? '');
  t.true(Math.abs(expires - Date.now() - 3_600_000) < 300_000, 'it ends with the token');
  t.regex(
    (await signIn(adminToken(), '/admin', { 'X-Forwarded-Proto': 'https' })).headers.get('set-cookie') ?? '',
    /; Secure/,
  );

  const home = await ask('/admin', { headers: { Cookie: cookie.split(';')[0] ?? '' } });
  t.regex(await home.text(), /<p>ada, until [\d-]+ [\d:]+ UTC<\/p>/);
  const leaving = await ask('/admin/sign-out', {
    method: 'POST',
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  });
  t.regex(
    leaving.headers.get('set-cookie') ?? '',
    /^mvp-platform-admin=; Path=\/admin; Expires=Thu, 01 Jan 1970/,
  );
});

test.serial('what the form refuses, it says', async (t) => {
  for (const [token, status, reason] of [
    ['', 401, /the token is no JSON Web Token/],
    [tokenOf('bob'), 403, /this needs a token with the role/],
    [forge(header, { ...admin, exp: now - 60 }, hmac(SECRET)), 401, /the token has expired/],
    [tokenOf('ada', { roles: ['admin'], padding: 'x'.repeat(4000) }), 400, /longer than 3800 characters/],
  ] as const) {
    const reply = await signIn(token);
    t.is(reply.status, status);
    t.is(reply.headers.get('set-cookie'), null);
    t.regex(await reply.text(), reason);
  }
});

test.serial('after signing in nobody is sent away', async (t) => {
  for (const next of [
    'https://evil.example/',
    '//evil.example',
    '/admin/../x',
    '/admin/\\evil',
    '/admin\r\nX: y',
    '/api',
    '',
  ]) {
    const reply = await signIn(adminToken(), next);
    t.regex(reply.headers.get('location') ?? '', /^\/admin(\/\.\.\/x)?$/, next);
  }
});

test.serial('what another site has a browser ask for is refused', async (t) => {
  const { ask, url } = await opening;
  const Cookie = `mvp-platform-admin=${adminToken()}`;
  const { host } = new URL(url);
  const from: readonly [reason: string, headers: Record<string, string>, isRefused: boolean][] = [
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }, true],
    ['another port or subdomain', { 'Sec-Fetch-Site': 'same-site' }, true],
    ['the address bar', { 'Sec-Fetch-Site': 'none' }, true],
    ['another site, which names the origin only', { Origin: 'https://evil.example' }, true],
    ['a page without origin', { Origin: 'null' }, true],
    ['nobody knows where', {}, true],
    ['another site that has this origin as well', { 'Sec-Fetch-Site': 'cross-site', Origin: url }, true],
    ['these pages', { 'Sec-Fetch-Site': 'same-origin' }, false],
    ['these pages in an old browser', { Origin: `http://${host}` }, false],
    ['these pages behind a proxy that ends TLS', { Origin: `https://${host}` }, false],
  ];
  for (const [reason, headers, isRefused] of from) {
    const own = { ...headers, Cookie, 'Content-Type': 'application/json' };
    const asked = await ask('/admin/graphql', {
      method: 'POST',
      headers: own,
      body: '{"query":"{__typename}"}',
    });
    t.is(
      asked.status,
      isRefused ? 403 : 200,
      `${reason}: ${isRefused || asked.ok ? '' : await asked.clone().text()}`,
    );
    if (isRefused) t.is((await problemOf(t, asked, 403)).error, 'cross-origin');
    const signing = await ask('/admin/sign-in', {
      method: 'POST',
      headers,
      body: new URLSearchParams({ token: adminToken() }),
    });
    t.is(signing.status, isRefused ? 403 : 303, reason);
    t.is((await ask('/admin/sign-out', { method: 'POST', headers })).status, isRefused ? 403 : 303, reason);
  }
});

test.serial('the cookie is verified like a token, and a token in the header goes before it', async (t) => {
  const { ask } = await opening;
  const own = { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json' };
  const asking = (headers: Record<string, string>): Promise<Response> =>
    ask('/admin/graphql', {
      method: 'POST',
      headers: { ...own, ...headers },
      body: '{"query":"{__typename}"}',
    });
  await problemOf(
    t,
    await asking({
      Cookie: `mvp-platform-admin=${forge(header, { ...admin, exp: now - 60 }, hmac(SECRET))}`,
    }),
    401,
  );
  await problemOf(t, await asking({ Cookie: `mvp-platform-admin=${tokenOf('bob')}` }), 403);
  await problemOf(t, await asking({ Cookie: `other=${adminToken()}` }), 401);
  const Cookie = `x=y; mvp-platform-admin=${adminToken()}`;
  t.is((await asking({ Cookie })).status, 200);
  await problemOf(t, await asking({ Cookie, Authorization: `Bearer ${tokenOf('bob')}` }), 403);
});

test.serial('answers are kept by nobody and shown in no frame', async (t) => {
  const { ask } = await opening;
  for (const path of [
    '/admin',
    '/admin/graphiql',
    '/admin/jobs/assets/none.js',
    '/admin/graphql',
    '/admin/other',
  ]) {
    const { headers } = await ask(path, { headers: { Authorization: `Bearer ${adminToken()}` } });
    t.is(headers.get('cache-control'), 'no-store', path);
    t.regex(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, path);
    t.is(headers.get('x-frame-options'), 'DENY', path);
  }
});
