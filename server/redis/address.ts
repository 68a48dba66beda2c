/**
 * Where Redis is, as `REDIS_URL` says it:
 *
 *     redis://[user:password@]host[:6379][/db]            one server
 *     redis://host1[:6379],host2[:6379],…                 a cluster, by some of its nodes
 *     redis+cluster://host[:6379]                         a cluster behind one address
 *     redis+sentinel://host1[:26379],host2/name[/db]      whichever server Sentinel calls the master of this name
 *
 * `rediss` instead of `redis` speaks TLS. Sentinels with a login of their own: `?sentinelUsername=…&sentinelPassword=…`.
 */

/** A server that is asked first; a cluster and Sentinel tell of the others. */
export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

export interface RedisLogin {
  readonly username: string | null;
  readonly password: string | null;
}

/** How to reach Redis. */
export type RedisAddress = {
  readonly nodes: readonly [RedisNode, ...RedisNode[]];
  readonly login: RedisLogin;
  readonly isTls: boolean;
} & (
  | { readonly kind: 'single'; readonly db: number }
  | { readonly kind: 'cluster' }
  | {
      readonly kind: 'sentinel';
      readonly db: number;
      readonly master: string;
      readonly sentinelLogin: RedisLogin;
    }
);

/** Redis has 16 databases unless it is told otherwise; a larger number is refused by Redis itself. */
const DB = /^\d{1,4}$/;

const DEFAULT_PORT = { single: 6379, cluster: 6379, sentinel: 26379 } as const;

/** The parts of a URL that come once, whatever the number of hosts. */
interface Shared {
  path: string[];
  query: URLSearchParams;
}

/** @returns null when the text is no such address */
export function redisAddressOf(text: string): RedisAddress | null {
  try {
    return parse(text.trim());
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** @throws URIError on a `%` that encodes nothing */
function parse(text: string): RedisAddress | null {
  const [, scheme, tls, kindNamed, rest] = /^(redis(s?)(?:\+(cluster|sentinel))?:\/\/)(.+)$/.exec(text) ?? [];
  if (scheme === undefined || rest === undefined) return null;
  // Each host may repeat the scheme, as in a list of URLs.
  const urls = rest.split(',').map((part) => urlOf(part.trim(), scheme));
  const [first, ...others] = urls;
  if (first === undefined || first === null || others.includes(null)) return null;
  const all = [first, ...others.filter((url) => url !== null)];
  const kind = kindOf(kindNamed, all.length);
  const nodes = all.map((url) => ({ host: hostOf(url), port: Number(url.port || DEFAULT_PORT[kind]) }));
  const shared = sharedOf(all);
  const login = loginOf(all);
  const [node, ...moreNodes] = nodes;
  if (node === undefined || shared === null || login === null) return null;
  return withKind(kind, { nodes: [node, ...moreNodes], login, isTls: tls === 's' }, shared);
}

function kindOf(named: string | undefined, hosts: number): RedisAddress['kind'] {
  if (named === 'cluster' || named === 'sentinel') return named;
  return hosts > 1 ? 'cluster' : 'single';
}

function withKind(
  kind: RedisAddress['kind'],
  base: Pick<RedisAddress, 'nodes' | 'login' | 'isTls'>,
  { path, query }: Shared,
): RedisAddress | null {
  const sentinelLogin = {
    username: query.get('sentinelUsername'),
    password: query.get('sentinelPassword'),
  };
  const known = kind === 'sentinel' ? ['sentinelUsername', 'sentinelPassword'] : [];
  if ([...query.keys()].some((name) => !known.includes(name))) return null;
  const [master = ''] = kind === 'sentinel' ? path.splice(0, 1) : [];
  const [db = '0', ...tooMuch] = path;
  if (!DB.test(db) || tooMuch.length > 0) return null;
  if (kind === 'single') return { ...base, kind, db: Number(db) };
  // A cluster has one database.
  if (kind === 'cluster') return Number(db) === 0 ? { ...base, kind } : null;
  return master === '' ? null : { ...base, kind, db: Number(db), master, sentinelLogin };
}

/** A host with what may stand around it, as a URL of a scheme that has no default port. */
function urlOf(part: string, scheme: string): URL | null {
  const text = `redis://${part.startsWith(scheme) ? part.slice(scheme.length) : part}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url === null || url.hostname === '' || url.hash !== '' || url.port === '0' ? null : url;
}

function hostOf(url: URL): string {
  return decodeURIComponent(url.hostname.replace(/^\[(.*)\]$/, '$1'));
}

/** Path and query belong to the whole list: they stand behind the last host. */
function sharedOf(urls: readonly URL[]): Shared | null {
  const last = urls.at(-1);
  if (last === undefined) return null;
  const before = urls.slice(0, -1).some(({ pathname, search }) => !/^\/?$/.test(pathname) || search !== '');
  const path = last.pathname.split('/').slice(1).map(decodeURIComponent);
  if (path.at(-1) === '') path.pop();
  return before ? null : { path, query: last.searchParams };
}

/** One login for all nodes: it stands before the first host, or before each. */
function loginOf(urls: readonly URL[]): RedisLogin | null {
  const [login = '', ...others] = urls.map(({ username, password }) => `${username}:${password}`);
  if (others.some((other) => other !== ':' && other !== login)) return null;
  const [first] = urls;
  return {
    username: decodeURIComponent(first?.username ?? '') || null,
    password: decodeURIComponent(first?.password ?? '') || null,
  };
}
