/** Who asks, as far as an address tells. */

import type { Request } from 'express';
import ipaddr from 'ipaddr.js';
import type { Logger } from 'pino';

/** IPv6 groups that make a /64: what a provider gives one customer, who may use any address in it. */
const NETWORK_GROUPS = 4;

/** The function that tells clients apart. @param isBehindProxy whether proxies are trusted to say who asks */
export function clientOf(isBehindProxy: boolean): (req: Request) => string {
  // `req.ip` reads headers for each request, also where there is nobody to believe.
  return isBehindProxy
    ? (req) => keyOfAddress(req.ip ?? '')
    : (req) => keyOfAddress(req.socket.remoteAddress ?? '');
}

/**
 * The same where no proxy is trusted; tells the operator, once, when requests seem to come through one after all: then
 * everybody behind it is one client.
 */
export function noticingProxies(logger: Pick<Logger, 'warn'>): (req: Request) => string {
  const client = clientOf(false);
  let isNoticed = false;
  return (req) => {
    if (!isNoticed && req.headers['x-forwarded-for'] !== undefined) {
      isNoticed = true;
      logger.warn(
        'requests come with X-Forwarded-For, which TRUST_PROXY does not allow: all clients behind a proxy share one limit',
      );
    }
    return client(req);
  };
}

/** One key for all addresses of a client: the IPv4 address, or the /64 of an IPv6 address. */
export function keyOfAddress(address: string): string {
  if (!address.includes(':') || !ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = parsed.parts.slice(0, NETWORK_GROUPS).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}
