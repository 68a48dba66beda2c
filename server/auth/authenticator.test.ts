/** Tokens over real HTTP: the acceptable ones, and all the ways to forge or break one. */

import { generateKeyPairSync } from 'node:crypto';
import test from 'ava';
import jwt from 'jsonwebtoken';
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

/** Right in all but what is given. */
const signed = (other: Record<string, unknown>, header: Record<string, unknown> = {}): string =>
  forge({ alg: 'HS256', typ: 'JWT', ...header }, { ...claims, ...other }, hmac(SECRET));
const good = signed({});
const [goodHeader, goodPayload, goodSignature] = good.split('.');

const bySecret: JwtConfig = { kind: 'secret', secret: SECRET, issuer: ISSUER, audience: AUDIENCE };

const refusedBySecret: [reason: string, authorization: string | string[]][] = [
  ['empty', ''],
  ['the scheme alone', 'Bearer'],
  ['an empty token', 'Bearer '],
  ['another scheme', `Basic ${Buffer.from('alice:alice').toString('base64')}`],
  ['no scheme', good],
  ['a scheme that begins alike', `Bearers ${good}`],
  ['two tokens', `Bearer ${good} ${good}`],
  ['two tokens, one header each', [`Bearer ${good}`, `Bearer ${good}`]],
  ['two headers, the second empty', [`Bearer ${good}`, '']],
  ['three dots', `Bearer ${good}.`],
  ['two dots alone', 'Bearer ..'],
  ['no signature', `Bearer ${goodHeader}.${goodPayload}.`],
  ['no payload', `Bearer ${goodHeader}..${goodSignature}`],
  ['bytes behind it', `Bearer ${good}AA`],
  ['a blank and more behind it', `Bearer ${good} x`],
  ['padding', `Bearer ${good}=`],
  ['quotes', `Bearer "${good}"`],
  ['base64 that is not base64url', `Bearer ${good.slice(0, -1)}+`],
  ['latin-1', `Bearer ${good}\u00e4`],
  ['no JSON', `Bearer ${forge('x', 'y', hmac(SECRET))}`],
  ['a header that is no object', `Bearer ${forge('"HS256"', claims, hmac(SECRET))}`],
  ['a header that is null', `Bearer ${forge('null', claims, hmac(SECRET))}`],
  ['no algorithm', `Bearer ${forge({ typ: 'JWT' }, claims, hmac(SECRET))}`],
  ['an algorithm that is a list', `Bearer ${forge({ alg: ['HS256'] }, claims, hmac(SECRET))}`],
  ['algorithm none', `Bearer ${forge({ alg: 'none' }, claims, () => '')}`],
  ['algorithm none with a signature', `Bearer ${forge({ alg: 'none' }, claims, hmac(SECRET))}`],
  ['algorithm nOnE', `Bearer ${forge({ alg: 'nOnE' }, claims, () => 'x')}`],
  ['algorithm hs256', `Bearer ${forge({ alg: 'hs256' }, claims, hmac(SECRET))}`],
  [
    'algorithm HS512 with the right secret',
    `Bearer ${forge({ alg: 'HS512' }, claims, hmac(SECRET, 'sha512'))}`,
  ],
  ['another secret', `Bearer ${forge({ alg: 'HS256' }, claims, hmac('another secret'))}`],
  ['an empty secret', `Bearer ${forge({ alg: 'HS256' }, claims, hmac(''))}`],
  ['RS256 where a secret is set', `Bearer ${jwt.sign(claims, rsa.privateKey, { algorithm: 'RS256' })}`],
  [
    'a payload put in afterwards',
    `Bearer ${goodHeader}.${Buffer.from(JSON.stringify({ ...claims, sub: 'bob' })).toString('base64url')}.${goodSignature}`,
  ],
  [
    'a header put in afterwards',
    `Bearer ${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${goodPayload}.${goodSignature}`,
  ],
  ['expired', `Bearer ${signed({ exp: now - 60 })}`],
  ['no expiry', `Bearer ${signed({ exp: undefined })}`],
  ['an expiry that is a text', `Bearer ${signed({ exp: String(now + 3600) })}`],
  ['an expiry that is null', `Bearer ${signed({ exp: null })}`],
  ['not yet', `Bearer ${signed({ nbf: now + 120 })}`],
  ['not before a text', `Bearer ${signed({ nbf: 'now' })}`],
  ['issued in the future', `Bearer ${signed({ iat: now + 120 })}`],
  ['issued at a text', `Bearer ${signed({ iat: 'now' })}`],
  ['another issuer', `Bearer ${signed({ iss: 'https://evil.example/' })}`],
  ['an issuer that begins alike', `Bearer ${signed({ iss: `${ISSUER}x` })}`],
  ['no issuer', `Bearer ${signed({ iss: undefined })}`],
  ['another audience', `Bearer ${signed({ aud: 'trucks' })}`],
  ['other audiences', `Bearer ${signed({ aud: ['trucks', 'bikes'] })}`],
  ['audiences within audiences', `Bearer ${signed({ aud: [['vehicles']] })}`],
  ['no audience', `Bearer ${signed({ aud: undefined })}`],
  ['no subject', `Bearer ${signed({ sub: undefined })}`],
  ['an empty subject', `Bearer ${signed({ sub: '' })}`],
  ['a subject that is a number', `Bearer ${signed({ sub: 1 })}`],
  ['a subject that is a list', `Bearer ${signed({ sub: ['alice'] })}`],
  ['a subject that is an object', `Bearer ${signed({ sub: { toString: 'alice' } })}`],
  ['a subject of 256 characters', `Bearer ${signed({ sub: 'x'.repeat(256) })}`],
  ['a subject with U+0000', `Bearer ${signed({ sub: 'alice\0' })}`],
  ['a subject with a line feed', `Bearer ${signed({ sub: 'alice\nbob' })}`],
  ['a subject with half a surrogate pair', `Bearer ${signed({ sub: 'a\ud800' })}`],
  ['a payload that is a list', `Bearer ${forge({ alg: 'HS256' }, [claims], hmac(SECRET))}`],
  ['a payload that is a text', `Bearer ${forge({ alg: 'HS256' }, '"alice"', hmac(SECRET))}`],
  ['extensions that must be understood', `Bearer ${signed({}, { crit: ['b64'], b64: false })}`],
  ['a key id that is no text', `Bearer ${signed({}, { kid: { $ne: null } })}`],
  ['10 kB', `Bearer ${signed({ more: 'x'.repeat(8000) })}`],
  ['40 kB', `Bearer ${'x'.repeat(40_000)}`],
];

test('by secret: forged and broken tokens are refused', async (t) => {
  const base = await serve(t, createAuthenticator(bySecret, silent));
  t.like(await (await fetch(`${base}/me`, { headers: { Authorization: `Bearer ${good}` } })).json(), {
    subject: 'alice',
  });
  for (const [reason, authorization] of refusedBySecret) {
    const { status, challenge } = await statusOf(`${base}/me`, authorization);
    t.is(status, 401, reason);
    t.regex(challenge, /^Bearer realm="mvp-platform-vehicles"/, reason);
  }
});

const accepted: [reason: string, authorization: string][] = [
  ['as it is', `Bearer ${good}`],
  ['the scheme in lower case', `bearer ${good}`],
  ['several blanks', `Bearer   ${good}`],
  ['one audience of several', `Bearer ${signed({ aud: ['trucks', 'vehicles'] })}`],
  ['expired within the leeway', `Bearer ${signed({ exp: now - 5 })}`],
  ['valid from now on, by another clock', `Bearer ${signed({ nbf: now + 5, iat: now + 5 })}`],
  ['a key id, which a secret does not need', `Bearer ${signed({}, { kid: "' or 1=1 --" })}`],
  [
    'keys of its own, which are not looked at',
    `Bearer ${signed({}, { jwk: rsa.publicKey.export({ format: 'jwk' }), jku: 'http://127.0.0.1:1/', x5u: 'http://127.0.0.1:1/', x5c: ['x'] })}`,
  ],
  ['roles of a strange kind', `Bearer ${signed({ role: 7, roles: { admin: true } })}`],
];

test('by secret: what is right is accepted', async (t) => {
  const base = await serve(t, createAuthenticator(bySecret, silent));
  for (const [reason, authorization] of accepted)
    t.is((await statusOf(`${base}/me`, authorization)).status, 200, reason);
});

test('by secret alone: any issuer and audience', async (t) => {
  const base = await serve(t, createAuthenticator({ ...bySecret, issuer: null, audience: null }, silent));
  const token = signed({ iss: 'x', aud: undefined });
  t.is((await statusOf(`${base}/me`, `Bearer ${token}`)).status, 200);
});

test('a role opens what demands it, and is told apart from no token', async (t) => {
  const base = await serve(t, createAuthenticator(bySecret, silent));
  for (const [other, status] of [
    [{ role: 'admin' }, 200],
    [{ roles: ['reader', 'admin'] }, 200],
    [{ role: ['admin'] }, 200],
    [{}, 403],
    [{ role: 'Admin' }, 403],
    [{ role: 'admin reader' }, 403],
    [{ roles: [['admin']] }, 403],
    [{ admin: true }, 403],
  ] as const) {
    t.is((await statusOf(`${base}/admin`, `Bearer ${signed(other)}`)).status, status, JSON.stringify(other));
  }
  t.is((await fetch(`${base}/admin`)).status, 401);
});
