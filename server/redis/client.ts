/** The one place where Redis clients are made. */

import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisAddress } from './address.ts';

export type RedisClient = Redis | Cluster;

/** A connection, TLS included, takes a few round trips; the server goes on without Redis meanwhile. */
const CONNECT_MS = 1_000;

/** The last resort: whoever waits for an answer has a shorter limit of their own (link.ts). */
const COMMAND_MS = 1_000;

/**
 * A connection on which Redis owes an answer for so long is broken off, so that a Redis that hangs is known as away, and found again
 * over a new connection when it is back.
 */
const SILENCE_MS = 1_500;

/** Before the next try: constant and short, so that a Redis that is back is used within a second or two. */
const RECONNECT_MS = 500;

/** Between two looks at which node of a cluster has what. */
const REFRESH_MS = 2_000;

/** A Redis that hangs does not say goodbye. */
const GOODBYE_MS = 100;

/** A cluster sends a command on when the slot has moved; one hop is the rule, two while it changes. */
const MOST_HOPS = 3;

/**
 * A client of this Redis that never makes anybody wait for a connection: what cannot be sent now, or was not answered when the
 * connection broke, fails at once and is never sent again. It connects by itself, for as long as it is not told to disconnect.
 *
 * Errors come as events (`error`); whoever makes a client listens to them. Most want an open {@link RedisLink} instead (link.ts).
 *
 * @param name how the connection is called in Redis's `CLIENT LIST`
 * @param patienceMs for an answer, instead of our own limits; for tests on machines that stand still for longer than those
 */
export function createRedisClient(address: RedisAddress, name: string, patienceMs?: number): RedisClient {
  const common = optionsOf(address, name, patienceMs);
  if (address.kind === 'cluster') {
    return new Cluster(
      address.nodes.map((node) => ({ ...node })),
      {
        redisOptions: common,
        enableOfflineQueue: false,
        // Commands of one turn of the event loop go to each node in one piece.
        enableAutoPipelining: true,
        maxRedirections: MOST_HOPS,
        // Redis's own words for "not now" are a failure: the database answers sooner than a second try.
        retryDelayOnFailover: 0,
        retryDelayOnClusterDown: 0,
        slotsRefreshTimeout: CONNECT_MS,
        // A node that ends is left out until a refresh finds it again. Nodes that reconnected by themselves would keep a cluster
        // whose nodes have all moved from being looked up anew.
        slotsRefreshInterval: REFRESH_MS,
        clusterRetryStrategy: () => RECONNECT_MS,
        // Certificates are for names, which a look-up of the nodes would lose.
        ...(address.isTls && { dnsLookup: (host, found) => found(null, host) }),
      },
    );
  }
  const options = { ...common, db: address.db, enableOfflineQueue: false, retryStrategy: () => RECONNECT_MS };
  if (address.kind === 'single') return new Redis({ ...options, ...address.nodes[0] });
  const { username, password } = address.sentinelLogin;
  return new Redis({
    ...options,
    sentinels: address.nodes.map((node) => ({ ...node })),
    name: address.master,
    sentinelCommandTimeout: COMMAND_MS,
    // It comes before every second try, also when Sentinel has answered.
    sentinelRetryStrategy: () => 100,
    ...(username !== null && { sentinelUsername: username }),
    ...(password !== null && { sentinelPassword: password }),
    ...(address.isTls && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
  });
}

function optionsOf({ login, isTls }: RedisAddress, name: string, patienceMs?: number) {
  return {
    connectionName: name,
    disableClientInfo: true,
    connectTimeout: patienceMs ?? CONNECT_MS,
    commandTimeout: patienceMs ?? COMMAND_MS,
    socketTimeout: patienceMs ?? SILENCE_MS,
    disconnectTimeout: GOODBYE_MS,
    // None waits for the next connection, and none is sent twice.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // After a failover without a broken connection, the server asked is a replica now: whoever is the master is found anew.
    reconnectOnError: ({ message }: Error) => message.startsWith('READONLY'),
    ...(login.username !== null && { username: login.username }),
    ...(login.password !== null && { password: login.password }),
    ...(isTls && { tls: {} }),
  } satisfies RedisOptions;
}
