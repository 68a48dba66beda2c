import test from 'ava';
import { type RedisAddress, redisAddressOf } from './address.ts';

const nobody = { username: null, password: null };

const addresses: [text: string, address: Partial<RedisAddress>][] = [
  [
    'redis://cache',
    { kind: 'single', nodes: [{ host: 'cache', port: 6379 }], isTls: false, db: 0, login: nobody },
  ],
  ['rediss://cache:7000/3', { kind: 'single', nodes: [{ host: 'cache', port: 7000 }], isTls: true, db: 3 }],
  ['redis://:p%40ss@cache/', { kind: 'single', login: { username: null, password: 'p@ss' } }],
  [
    'redis://app:a%2Cb@[::1]:7000',
    { nodes: [{ host: '::1', port: 7000 }], login: { username: 'app', password: 'a,b' } },
  ],
  [
    ' redis://one:7001, two ',
    {
      kind: 'cluster',
      nodes: [
        { host: 'one', port: 7001 },
        { host: 'two', port: 6379 },
      ],
    },
  ],
  [
    'rediss://:pw@one,rediss://:pw@two,three/0',
    {
      kind: 'cluster',
      nodes: [
        { host: 'one', port: 6379 },
        { host: 'two', port: 6379 },
        { host: 'three', port: 6379 },
      ],
      login: { username: null, password: 'pw' },
      isTls: true,
    },
  ],
  ['rediss+cluster://entry', { kind: 'cluster', nodes: [{ host: 'entry', port: 6379 }], isTls: true }],
  [
    'redis+sentinel://:pw@one,two:26380/mymaster/2',
    {
      kind: 'sentinel',
      nodes: [
        { host: 'one', port: 26379 },
        { host: 'two', port: 26380 },
      ],
      login: { username: null, password: 'pw' },
      master: 'mymaster',
      db: 2,
      sentinelLogin: nobody,
    },
  ],
  [
    'redis+sentinel://one/my%20master?sentinelUsername=watch&sentinelPassword=a%26b',
    { master: 'my master', sentinelLogin: { username: 'watch', password: 'a&b' } },
  ],
];

for (const [text, address] of addresses) test(text, (t) => t.like(redisAddressOf(text), address));

const refused: [reason: string, text: string][] = [
  ['another protocol', 'http://cache'],
  ['no protocol', 'cache:6379'],
  ['no host', 'redis://'],
  ['no host before a port', 'redis://:6379'],
  ['no host between commas', 'redis://one,,two'],
  ['port 0', 'redis://cache:0'],
  ['a port that is none', 'redis://cache:port'],
  ['a database that is no number', 'redis://cache/vehicles'],
  ['more than a database', 'redis://cache/0/1'],
  ['a database of a cluster', 'redis://one,two/1'],
  ['a path before the last host', 'redis://one/1,two'],
  ['two logins', 'redis://:a@one,:b@two'],
  ['TLS and plain', 'redis://one,rediss://two'],
  ['Sentinel and not', 'redis+sentinel://one,redis://two/mymaster'],
  ['Sentinel without a name', 'redis+sentinel://one,two'],
  ['Sentinel with an empty name', 'redis+sentinel://one//1'],
  ['an option that it does not know', 'redis://cache?family=6'],
  ['an option of Sentinel', 'redis://cache?sentinelPassword=x'],
  ['a fragment', 'redis://cache#1'],
  ['a % that encodes nothing', 'redis://:100%@cache'],
];

for (const [reason, text] of refused) test(`refused: ${reason}`, (t) => t.is(redisAddressOf(text), null));
