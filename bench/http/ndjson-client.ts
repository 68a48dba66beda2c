/*
 * A client that decodes VINs through the service in one streamed request and reads every answer:
 * node ndjson-client.ts <URL of the route> <file, a VIN a line>. It prints one line of JSON.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';

const [url = '', file = ''] = process.argv.slice(2);
const vins = (await readFile(file, 'utf8')).split('\n');

/** Lines a write: what a client that reads a file would have in hand. */
const linesPerWrite = 200;
const newline = '\n'.charCodeAt(0);

const begun = performance.now();
const upload = request(url, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' } });
// A server that refuses may close before it has read everything; by then its reply is here.
const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
const [reply] = await Promise.race([answered, send().then(() => answered)]);
upload.on('error', () => undefined);

async function send(): Promise<void> {
  for (let from = 0; from < vins.length; from += linesPerWrite) {
    const lines = vins.slice(from, from + linesPerWrite).map((vin) => `${JSON.stringify({ vin })}\n`);
    if (!upload.write(lines.join(''))) await once(upload, 'drain');
  }
  upload.end();
}

let answers = 0;
let bytes = 0;
for await (const chunk of reply as AsyncIterable<Buffer>) {
  bytes += chunk.length;
  for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) answers++;
}
const seconds = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ seconds, bytes, answers, status: reply.statusCode }));
process.exit();
