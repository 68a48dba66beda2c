/** Requests as bytes: none of them is as HTTP wants it, or as the service expects it. */

import { VIN } from '../../contract/cases.ts';

export interface OddRequest {
  readonly name: string;
  readonly bytes: string | Buffer;
}

/** A request that should never be seen: it stands inside of others. */
export const SMUGGLED_PATH = '/smuggled';

const HOST = 'Host: x\r\n';
const CLOSE = 'Connection: close\r\n';
const SMUGGLED = `GET ${SMUGGLED_PATH} HTTP/1.1\r\n${HOST}\r\n`;
const DECODE = `POST /api/vehicles/decode HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n`;
const LIVE = `GET /health/live HTTP/1.1\r\n${HOST}`;

/** Where one server sees one request and another two. */
const SMUGGLING: Readonly<Record<string, string>> = {
  'two lengths': `${DECODE}Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}${SMUGGLED}`,
  'two lengths in one': `${DECODE}Content-Length: 2, 60\r\n\r\n{}${SMUGGLED}`,
  'the same length twice': `${DECODE}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}`,
  'a length and chunks': `${DECODE}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'chunks and a length': `${DECODE}Transfer-Encoding: chunked\r\nContent-Length: 90\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'an encoding that is none': `${DECODE}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'chunked, then identity': `${DECODE}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'two encodings': `${DECODE}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'a blank before the colon': `${DECODE}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'a vertical tab before chunked': `${DECODE}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'a folded header': `${DECODE}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  'a signed length': `${DECODE}Content-Length: +2\r\n\r\n{}${SMUGGLED}`,
  'a length below zero': `${DECODE}Content-Length: -2\r\n\r\n{}${SMUGGLED}`,
  'a hexadecimal length': `${DECODE}Content-Length: 0x2\r\n\r\n{}${SMUGGLED}`,
  'a length beyond 64 bits': `${DECODE}Content-Length: 18446744073709551618\r\n\r\n{}${SMUGGLED}`,
  'a chunk beyond 64 bits': `${DECODE}Transfer-Encoding: chunked\r\n\r\n10000000000000002\r\n{}\r\n0\r\n\r\n${SMUGGLED}`,
  'a signed chunk': `${DECODE}Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n${SMUGGLED}`,
  'a chunk without its end': `${DECODE}Transfer-Encoding: chunked\r\n\r\n2\r\n{}0\r\n\r\n${SMUGGLED}`,
  'chunks that end with LF': `${DECODE}Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n${SMUGGLED}`,
  'lines that end with LF': 'GET /health/live HTTP/1.1\nHost: x\n\n',
  'lines that end with CR': `GET /health/live HTTP/1.1\rHost: x\r\r${SMUGGLED}`,
  'a CR before the end of a header': `${LIVE}X: a\r\r\n\r\n`,
};

/** Where the head of a request is not one. */
const HEADS: Readonly<Record<string, string | Buffer>> = {
  'a zero byte in a header': `${LIVE}X: a\0b\r\n\r\n`,
  'a zero byte in the address': `GET /health\0/live HTTP/1.1\r\n${HOST}\r\n`,
  'a header without a name': `${LIVE}: a\r\n\r\n`,
  'a header without a colon': `${LIVE}nonsense\r\n\r\n`,
  'no host': 'GET /health/live HTTP/1.1\r\n\r\n',
  'two hosts': `${LIVE}Host: y\r\n\r\n`,
  'HTTP/0.9': 'GET /health/live\r\n\r\n',
  'HTTP/9.9': `GET /health/live HTTP/9.9\r\n${HOST}\r\n`,
  'HTTP/2 without asking': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'an upgrade to HTTP/2': `${LIVE}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n`,
  'an upgrade to a web socket': `${LIVE}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n\r\n`,
  TLS: Buffer.from('16030100c8010000c403035c', 'hex'),
  'a method in lower case': `get /health/live HTTP/1.1\r\n${HOST}\r\n`,
  'a method that is none': `${'X'.repeat(5_000)} / HTTP/1.1\r\n${HOST}\r\n`,
  CONNECT: `CONNECT 10.0.0.1:22 HTTP/1.1\r\n${HOST}\r\n`,
  'OPTIONS *': `OPTIONS * HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
  'an address of elsewhere': `GET http://elsewhere.example/health/live HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
  'an address without a slash': `GET health/live HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
  'a long address': `GET /${'a'.repeat(200_000)} HTTP/1.1\r\n${HOST}\r\n`,
  'a long header': `${LIVE}X: ${'a'.repeat(200_000)}\r\n\r\n`,
  'a long name of a header': `${LIVE}${'a'.repeat(200_000)}: x\r\n\r\n`,
  'headers by the thousand': `${LIVE}${Array.from({ length: 6_000 }, (_, i) => `X${i}: \r\n`).join('')}${CLOSE}\r\n`,
  'headers by the hundred thousand': `${LIVE}${'X: y\r\n'.repeat(100_000)}\r\n`,
  'cookies by the thousand': `${LIVE}${CLOSE}Cookie: ${'a=b; '.repeat(12_000)}\r\n\r\n`,
  'extensions of chunks': `${DECODE}Transfer-Encoding: chunked\r\n\r\n2;${'x'.repeat(100_000)}\r\n{}\r\n0\r\n\r\n`,
  'trailers by the thousand': `${DECODE}Transfer-Encoding: chunked\r\n${CLOSE}\r\n2\r\n{}\r\n0\r\n${'X: y\r\n'.repeat(20_000)}\r\n`,
  'an address beyond ASCII': `GET /api/vehicles/dropdown/models/\xe4\xf6\xff HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
};

/** Addresses that lead out of where they begin, or to what is there under another name. */
export const PATHS = [
  '//',
  '//elsewhere.example/',
  '/\\elsewhere.example',
  '/..',
  '/../../../../etc/passwd',
  '/..%2f..%2f..%2fetc%2fpasswd',
  '/%2e%2e/%2e%2e/package.json',
  '/%00',
  '/%2e',
  '/.git/config',
  '/.data/postgres.log',
  '/package.json',
  '/page/x/../../package.json',
  '/page/x/..%2f..%2f..%2fpackage.json',
  '/page/x/%2e%2e%5c%2e%2e%5cpackage.json',
  '/page/x/page.js%00.css',
  '/page/../server/main.ts',
  '/api/docs/..%2f..%2f..%2fpackage.json',
  '/api/docs/../../package.json',
  '/api/docs//',
  '/api//vehicles',
  '//api/vehicles/dropdown/makes',
  '/API/Vehicles/DROPDOWN/Makes',
  '/api/vehicles/dropdown/makes/',
  '/api/vehicles/dropdown/makes//',
  '/api/vehicles/dropdown/makes;x=1',
  '/api/vehicles/dropdown/makes%20',
  '/api/vehicles/dropdown%2fmakes',
  '/api/vehicles/dropdown/models/a%2fb',
  '/api/vehicles/dropdown/models/..%2fmakes',
  '/api/vehicles/decode/..%2f..%2f..%2fetc%2fpasswd',
  `/api/vehicles/decode/${VIN}%00`,
  `/api/vehicles/decode/${VIN}/../explain`,
  '/api/vehicles/decode/%2e%2e',
  '/api/vehicles/%2e%2e/%2e%2e/admin/graphql',
  '/admin/..%2fapi',
  '/ADMIN/graphql',
  '/admin//graphql',
  '/admin/%67raphql',
  '/admin/graphiql/static/..%2f..%2f..%2fpackage.json',
  '/admin/jobs/../../package.json',
  '/vpic/api/vehicles/../../../admin',
  '/?next=//elsewhere.example',
  '/admin?next=//elsewhere.example',
  '/api/vehicles/dropdown/makes?__proto__[x]=1&constructor.prototype.x=1',
  `/${'a/'.repeat(20_000)}`,
  `/${'%41'.repeat(20_000)}`,
  `/api/vehicles/dropdown/makes?${'a=1&'.repeat(15_000)}`,
  `/api/vehicles/dropdown/makes?${'['.repeat(30_000)}`,
];

/** All of them. */
export const ODD_REQUESTS: readonly OddRequest[] = [
  ...Object.entries({ ...SMUGGLING, ...HEADS }).map(([name, bytes]) => ({ name, bytes })),
  ...PATHS.map((path) => ({
    name: `the address ${path.slice(0, 60)}`,
    bytes: `GET ${path} HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
  })),
];
