import test from 'ava';
import { readConfig } from './config.ts';
import type { HttpConfig } from './config-http.ts';
import { Failure } from './failure.ts';

for (const [env, expected] of [
  [{ RATE_LIMIT: '600/m' }, { rateLimit: { requests: 600, windowSeconds: 60 } }],
  [{ RATE_LIMIT: '50/10s' }, { rateLimit: { requests: 50, windowSeconds: 10 } }],
  [{ RATE_LIMIT: '20000/2h' }, { rateLimit: { requests: 20_000, windowSeconds: 7200 } }],
  [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
  [{ TRUST_PROXY: 'loopback, 10.0.0.0/8,fd00::/8' }, { trustProxy: ['loopback', '10.0.0.0/8', 'fd00::/8'] }],
  [{ CORS_ORIGINS: '*' }, { corsOrigins: '*' }],
  [
    { CORS_ORIGINS: 'https://a.example, http://localhost:5173' },
    { corsOrigins: ['https://a.example', 'http://localhost:5173'] },
  ],
  [
    { MAX_REQUESTS: '50', MAX_CONNECTIONS: '9' },
    { maxRequests: 50, maxConnections: 9 },
  ],
  [
    { SHUTDOWN_DELAY: '15s', SHUTDOWN_TIMEOUT: '2m' },
    { shutdownDelayMs: 15_000, shutdownTimeoutMs: 120_000 },
  ],
] as [Record<string, string>, Partial<HttpConfig>][]) {
  test(Object.entries(env).join(' '), (t) => {
    t.like(readConfig(env).http, expected);
  });
}

for (const [reason, env, line] of [
  ['no time', { RATE_LIMIT: '600' }, /^RATE_LIMIT is "600": must be requests\/time such as 600\/m/],
  ['no request at all', { RATE_LIMIT: '0/m' }, /^RATE_LIMIT is "0\/m"/],
  ['no time at all', { RATE_LIMIT: '5/0s' }, /^RATE_LIMIT is "5\/0s": must be requests\/time with a time/],
  ['everybody', { TRUST_PROXY: 'true' }, /^TRUST_PROXY is "true": must be how many proxies there are/],
  ['no address', { TRUST_PROXY: '10.0.0.0/33' }, /^TRUST_PROXY/],
  ['a name', { TRUST_PROXY: 'proxy.example' }, /^TRUST_PROXY/],
  ['nothing between commas', { TRUST_PROXY: ',' }, /^TRUST_PROXY/],
  [
    'a path',
    { CORS_ORIGINS: 'https://a.example/' },
    /^CORS_ORIGINS is "https:\/\/a.example\/": must be \* or/,
  ],
  ['a wildcard within', { CORS_ORIGINS: 'https://*.example' }, /^CORS_ORIGINS/],
  ['all and one', { CORS_ORIGINS: '*,https://a.example' }, /^CORS_ORIGINS/],
  ['none at all', { MAX_REQUESTS: '0' }, /^MAX_REQUESTS is "0": must be a number of requests from 1/],
  ['a word', { MAX_CONNECTIONS: 'many' }, /^MAX_CONNECTIONS/],
  ['no unit', { SHUTDOWN_DELAY: '5' }, /^SHUTDOWN_DELAY is "5": must be a number with s or m/],
  ['hours', { SHUTDOWN_TIMEOUT: '1h' }, /^SHUTDOWN_TIMEOUT/],
] as [string, Record<string, string>, RegExp][]) {
  test(`refused: ${reason} (${Object.keys(env).join(', ')})`, (t) => {
    t.throws(() => readConfig(env), { instanceOf: Failure, message: line });
  });
}
