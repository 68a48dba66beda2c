import test from 'ava';
import { keyOfAddress } from './client.ts';

for (const [address, key, reason] of [
  ['192.0.2.7', '192.0.2.7', 'IPv4'],
  ['::ffff:192.0.2.7', '192.0.2.7', 'IPv4 as a socket of both kinds sees it'],
  ['::FFFF:c000:0207', '192.0.2.7', 'the same in hexadecimal'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', 'the network that a customer has'],
  ['2001:DB8:1:2::', '2001:db8:1:2::/64', 'the same, however it is written'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64', 'the neighbour'],
  ['::1', '0:0:0:0::/64', 'this machine'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64', 'with a zone'],
  ['unknown', 'unknown', 'what a proxy says for an address it hides'],
  ['', '', 'a connection that is gone'],
  ['1:2', '1:2', 'no address'],
] as const) {
  test(`${address}: ${reason}`, (t) => {
    t.is(keyOfAddress(address), key);
  });
}
