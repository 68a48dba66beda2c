/** Tokens that are verified with published keys, and the endpoint that publishes them: when it changes, fails, or is a trap. */

import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import jwt from 'jsonwebtoken';
import { until } from '../../test/harness/until.ts';
import type { JwtConfig } from '../config.ts';
import { createAuthenticator } from './authenticator.ts';
import {
  AUDIENCE,
  claims,
  forge,
  hmac,
  ISSUER,
  now,
  SECRET,
  serve,
  silent,
  statusOf,
} from './testing/tokens.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const shortRsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pemOfRsa = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** A login service: what it publishes, or how it answers, may be changed. */
interface LoginService {
  config: JwtConfig;
  keys: unknown[];
  /** Answers instead of the keys. */
  misbehave: RequestListener | null;
  /** How often it was asked. */
  asked: number;
  close(): Promise<void>;
  open(): Promise<void>;
}

async function publish(t: ExecutionContext, published: unknown[]): Promise<LoginService> {
  const server = createServer((req, res) => {
    login.asked += 1;
    if (login.misbehave !== null) login.misbehave(req, res);
    else res.end(JSON.stringify({ keys: login.keys }));
  });
  let port = 0;
  const open = async (): Promise<void> => {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  t.teardown(close);
  await open();
  const config: JwtConfig = {
    kind: 'jwks',
    jwksUri: `http://127.0.0.1:${port}/`,
    issuer: ISSUER,
    audience: AUDIENCE,
  };
  const login: LoginService = { config, keys: published, misbehave: null, asked: 0, close, open };
  return login;
}

/** Keys are asked for at once, and an answer may take as long as a machine stands still. */
const LIMITS = { coolDownMs: 0, timeoutMs: 60_000 };

/** Never asked for again because of an unknown key. */
const ONCE = { coolDownMs: 3_600_000, timeoutMs: 60_000 };

const keys = [
  { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa', use: 'sig' },
  { ...ec.publicKey.export({ format: 'jwk' }), kid: 'ec', use: 'sig' },
  { ...shortRsa.publicKey.export({ format: 'jwk' }), kid: 'short', use: 'sig' },
  { ...otherRsa.publicKey.export({ format: 'jwk' }), kid: 'for-encryption', use: 'enc' },
  { kty: 'oct', k: Buffer.from(SECRET).toString('base64url'), kid: 'symmetric' },
];

const rs256 = (other: object, kid: string | undefined, key = rsa.privateKey): string =>
  jwt.sign({ ...claims, ...other }, key, {
    algorithm: 'RS256',
    allowInsecureKeySizes: true,
    ...(kid !== undefined && { keyid: kid }),
  });

const refusedByKeys: [reason: string, token: string][] = [
  ['HS256 with the public key as the secret', forge({ alg: 'HS256', kid: 'rsa' }, claims, hmac(pemOfRsa))],
  [
    'HS256 with the key’s DER',
    forge({ alg: 'HS256', kid: 'rsa' }, claims, hmac(rsa.publicKey.export({ type: 'spki', format: 'der' }))),
  ],
  ['HS256 with a published secret', forge({ alg: 'HS256', kid: 'symmetric' }, claims, hmac(SECRET))],
  ['algorithm none', forge({ alg: 'none', kid: 'rsa' }, claims, () => '')],
  ['RS512', jwt.sign(claims, rsa.privateKey, { algorithm: 'RS512', keyid: 'rsa' })],
  ['PS256', jwt.sign(claims, rsa.privateKey, { algorithm: 'PS256', keyid: 'rsa' })],
  ['another key under this id', rs256({}, 'rsa', otherRsa.privateKey)],
  ['a key that is published for encryption', rs256({}, 'for-encryption', otherRsa.privateKey)],
  ['a key of 1024 bits', rs256({}, 'short', shortRsa.privateKey)],
  ['an unknown key id', rs256({}, 'nobody')],
  ['no key id where there are several keys', rs256({}, undefined)],
  ['a path as key id', rs256({}, '../../../../dev/null')],
  ['SQL as key id', rs256({}, "x' union select 'secret' --")],
  ['a URL as key id', rs256({}, 'http://127.0.0.1:1/keys')],
  ['a key id from the prototype', rs256({}, '__proto__')],
  ['another letter case of the key id', rs256({}, 'RSA')],
  ['RS256 under the id of the EC key', rs256({}, 'ec')],
  [
    'ES256 under the id of the RSA key',
    jwt.sign(claims, ec.privateKey, { algorithm: 'ES256', keyid: 'rsa' }),
  ],
  [
    'a key in the token (jwk)',
    jwt.sign(claims, otherRsa.privateKey, {
      algorithm: 'RS256',
      header: {
        alg: 'RS256',
        kid: 'rsa',
        jwk: otherRsa.publicKey.export({ format: 'jwk' }),
      } as jwt.JwtHeader,
    }),
  ],
  [
    'a key elsewhere (jku)',
    jwt.sign(claims, otherRsa.privateKey, {
      algorithm: 'RS256',
      header: { alg: 'RS256', kid: 'x', jku: 'http://127.0.0.1:1/' } as jwt.JwtHeader,
    }),
  ],
  [
    'a certificate elsewhere (x5u)',
    jwt.sign(claims, otherRsa.privateKey, {
      algorithm: 'RS256',
      header: { alg: 'RS256', kid: 'x', x5u: 'http://127.0.0.1:1/' } as jwt.JwtHeader,
    }),
  ],
  ['an ES256 signature of zeros', forge({ alg: 'ES256', kid: 'ec' }, claims, () => Buffer.alloc(64))],
  ['expired', rs256({ exp: now - 60 }, 'rsa')],
  ['another issuer', rs256({ iss: 'x' }, 'rsa')],
  ['another audience', rs256({ aud: 'x' }, 'rsa')],
];

test('by published keys: RS256 and ES256, and nothing else', async (t) => {
  const base = await serve(t, createAuthenticator((await publish(t, keys)).config, silent, ONCE));
  for (const token of [
    rs256({}, 'rsa'),
    jwt.sign(claims, ec.privateKey, { algorithm: 'ES256', keyid: 'ec' }),
  ])
    t.is((await statusOf(`${base}/me`, `Bearer ${token}`)).status, 200);
  for (const [reason, token] of refusedByKeys)
    t.is((await statusOf(`${base}/me`, `Bearer ${token}`)).status, 401, reason);
  // The last character of a signature of 256 bytes has bits that say nothing.
  const token = rs256({}, 'rsa');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const twin = token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1) ?? '') + 1];
  t.is((await statusOf(`${base}/me`, `Bearer ${twin}`)).status, 401, 'the same signature spelled otherwise');
});

test('of a single published key the token need not give the id', async (t) => {
  const base = await serve(t, createAuthenticator((await publish(t, keys.slice(0, 1))).config, silent, ONCE));
  t.is((await statusOf(`${base}/me`, `Bearer ${rs256({}, undefined)}`)).status, 200);
});

const bearer = (token: string): string => `Bearer ${token}`;

test('a new key is fetched when its first token comes; a key that is gone is refused after a refresh', async (t) => {
  const login = await publish(t, [keys[0]]);
  const base = await serve(t, createAuthenticator(login.config, silent, LIMITS));
  const old = bearer(rs256({}, 'rsa'));
  t.is((await statusOf(`${base}/me`, old)).status, 200);
  t.is((await statusOf(`${base}/me`, old)).status, 200);
  t.is(login.asked, 1, 'known keys are not asked for again');
  login.keys = [{ ...otherRsa.publicKey.export({ format: 'jwk' }), kid: 'next' }];
  t.is((await statusOf(`${base}/me`, bearer(rs256({}, 'next', otherRsa.privateKey)))).status, 200);
  t.is(login.asked, 2);
  t.is((await statusOf(`${base}/me`, old)).status, 401);
});

test('keys are asked for anew in the background, so that a withdrawn one goes', async (t) => {
  const login = await publish(t, [keys[0]]);
  const base = await serve(t, createAuthenticator(login.config, silent, { ...ONCE, refreshMs: 0 }));
  const token = bearer(rs256({}, 'rsa'));
  t.is((await statusOf(`${base}/me`, token)).status, 200);
  login.keys = [keys[1]];
  // The last of the tokens before the refresh is still accepted; how many there are, the clock decides.
  await until(async () => (await statusOf(`${base}/me`, token)).status !== 200);
  t.is(login.asked, 2);
});

test('made-up key ids do not make it ask again and again', async (t) => {
  const login = await publish(t, keys);
  const base = await serve(t, createAuthenticator(login.config, silent, ONCE));
  const ids = Array.from({ length: 50 }, (_, index) => `made-up-${index}`);
  const replies = await Promise.all(ids.map((id) => statusOf(`${base}/me`, bearer(rs256({}, id)))));
  t.true(replies.every(({ status }) => status === 401));
  t.is(login.asked, 1);
});

test('many first tokens at once are one fetch', async (t) => {
  const login = await publish(t, keys);
  const base = await serve(t, createAuthenticator(login.config, silent, ONCE));
  const token = bearer(rs256({}, 'rsa'));
  const replies = await Promise.all(Array.from({ length: 50 }, () => statusOf(`${base}/me`, token)));
  t.true(replies.every(({ status }) => status === 200));
  t.is(login.asked, 1);
});

test('away: known keys go on, without any it is a 503, and it comes back', async (t) => {
  const login = await publish(t, keys);
  await login.close();
  const base = await serve(t, createAuthenticator(login.config, silent, { ...LIMITS, refreshMs: 0 }));
  const token = bearer(rs256({}, 'rsa'));
  const away = await fetch(`${base}/me`, { headers: { Authorization: token } });
  t.is(away.status, 503);
  t.is(away.headers.get('retry-after'), '5');
  t.notRegex(await away.text(), /ECONN|127\.0\.0\.1|jwks/i);
  await login.open();
  await until(async () => (await statusOf(`${base}/me`, token)).status === 200);
  await login.close();
  for (let i = 0; i < 5; i += 1) t.is((await statusOf(`${base}/me`, token)).status, 200, 'keys are known');
  t.is(
    (await statusOf(`${base}/me`, bearer(rs256({}, 'new')))).status,
    503,
    'nobody knows whether this one is',
  );
});

const traps: [reason: string, listener: RequestListener][] = [
  ['it never answers', () => undefined],
  ['it begins to answer and stops', (_req, res) => void res.writeHead(200).write('{"keys":[')],
  [
    'it answers without end',
    (_req, res) => {
      res.writeHead(200);
      const pour = (): void => {
        while (!res.destroyed && res.write(' '.repeat(65_536)));
      };
      res.on('drain', pour);
      pour();
    },
  ],
  [
    'it answers half a megabyte of keys',
    (_req, res) => void res.end(JSON.stringify({ keys, more: 'x'.repeat(500_000) })),
  ],
  ['it redirects', (_req, res) => void res.writeHead(302, { Location: '/elsewhere' }).end()],
  ['it fails', (_req, res) => void res.writeHead(500).end('{}')],
  ['it answers nothing', (_req, res) => void res.writeHead(204).end()],
  ['it answers HTML', (_req, res) => void res.end('<html>')],
  ['it answers other JSON', (_req, res) => void res.end('{"keys":"none"}')],
  ['it hangs up', (req) => void req.socket.destroy()],
];

for (const [reason, listener] of traps) {
  test(`a trap: ${reason}; 503 in time, then it is well again`, async (t) => {
    const login = await publish(t, keys);
    login.misbehave = listener;
    const base = await serve(t, createAuthenticator(login.config, silent, { ...LIMITS, timeoutMs: 300 }));
    const token = bearer(rs256({}, 'rsa'));
    // Without a limit of our own, the first three would never be answered.
    t.is((await statusOf(`${base}/me`, token)).status, 503);
    await until(async () => {
      const { asked } = login;
      t.is((await statusOf(`${base}/me`, token)).status, 503);
      return login.asked === asked;
    }, 'for it to be left alone for a moment');
    login.misbehave = null;
    await until(async () => (await statusOf(`${base}/me`, token)).status === 200);
  });
}

test('a set with keys of strange kinds beside a good one', async (t) => {
  const strange = [{}, { kty: 'RSA', kid: 'rsa2', n: '!', e: 'AQAB' }, { kty: 'XYZ', kid: 'x' }];
  const login = await publish(t, [...strange, keys[0]]);
  const base = await serve(t, createAuthenticator(login.config, silent, LIMITS));
  t.is((await statusOf(`${base}/me`, bearer(rs256({}, 'rsa')))).status, 200);
  t.is((await statusOf(`${base}/me`, bearer(rs256({}, 'rsa2')))).status, 401);
});
