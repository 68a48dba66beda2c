/** That the contract sees what is wrong with an answer: each fault made once. */

import test from 'ava';
import { contract, watched } from './watch.ts';

const HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'Cache-Control': 'public, max-age=300',
  'X-Request-Id': '5fc8391e-3b1a-4683-8b1e-771a2b9bd730',
  'X-Cache': 'MISS',
  'X-Data-Version': '2026-03-12-r1',
  ETag: '"a"',
};

const PATH = '/api/vehicles/dropdown/makes?year=2003';

/** What is wrong with an answer to a request for makes, in one text. */
async function judged(body: unknown, init: ResponseInit = {}, path = PATH): Promise<string> {
  const reply = new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    ...init,
    headers: { ...HEADERS, ...init.headers },
  });
  return contract()
    .complaintsAbout({ method: 'GET', path }, reply, await reply.clone().text())
    .join('\n');
}

const problem = {
  type: '/problems/not-found',
  title: 'Not found',
  status: 404,
  detail: 'unknown',
  error: 'not-found',
  message: 'unknown',
  requestId: '5fc8391e-3b1a-4683-8b1e-771a2b9bd730',
};
const refusal = {
  status: 404,
  headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
};

test('what is as documented is not complained about', async (t) => {
  t.is(await judged([{ id: 1, name: 'HONDA' }]), '');
  t.is(await judged([{ id: 1, name: 'HONDA' }], {}, '/API/Vehicles/Dropdown/Makes/'), '');
});

for (const [fault, body, init, path, complaint] of [
  [
    'a member that is not documented',
    [{ id: 1, name: 'a', slug: 'a' }],
    {},
    PATH,
    /additionalProperty":"slug/,
  ],
  ['a member that is missing', [{ id: 1 }], {}, PATH, /missingProperty":"name/],
  ['a member of another type', [{ id: '1', name: 'a' }], {}, PATH, /\/0\/id must be integer/],
  ['a status that is not documented', [], { status: 202 }, PATH, /does not document 202/],
  ['another media type', '[]', { headers: { 'Content-Type': 'text/html' } }, PATH, /media type "text\/html"/],
  ['a header that is not documented', [], { headers: { 'X-Debug': '1' } }, PATH, /has the header x-debug/],
  ['a header of another form', [], { headers: { ETag: 'W/"a"' } }, PATH, /header ETag .*pattern/],
  ['a header with another value', [], { headers: { 'X-Cache': 'NEW' } }, PATH, /header X-Cache/],
  [
    'a problem of an undocumented kind',
    { ...problem, error: 'gone' },
    refusal,
    PATH,
    /must be equal to constant/,
  ],
  [
    'a problem with an undocumented member',
    { ...problem, stack: '' },
    refusal,
    PATH,
    /additionalProperty":"stack/,
  ],
  ['a path that is not documented', [], {}, '/api/vehicles/dropdown/colours', /belongs to no operation/],
] as const) {
  test(`${fault} is seen`, async (t) => {
    t.regex(await judged(body, init, path), complaint);
  });
}

test('a header that is left out is seen, and a body where there is none', (t) => {
  const { ETag: _left, ...others } = HEADERS;
  const asked = { method: 'GET', path: PATH };
  const reply = new Response('[]', { headers: others });
  t.regex(contract().complaintsAbout(asked, reply, '[]').join(), /has no header ETag/);
  const same = new Response(null, { status: 304, headers: HEADERS });
  t.regex(contract().complaintsAbout(asked, same, 'x').join(), /has a body/);
});

test('a client that is watched rejects what is not documented', async (t) => {
  const ask = watched(async () => new Response('[{}]', { headers: HEADERS }));
  await t.throwsAsync(ask(PATH), { message: /not as documented: \/api\/vehicles\/dropdown\/makes/ });
});
