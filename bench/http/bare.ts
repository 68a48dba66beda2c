/*
 * What the service is compared with: Express as it comes, with one route for each path that sends a file's bytes.
 * node bare.ts <path>=<file> …
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import express from 'express';
import { listen } from '../../server/start/port.ts';

const app = express();
for (const argument of process.argv.slice(2)) {
  const [path = '', file = ''] = argument.split('=');
  const body = readFileSync(file, 'utf8');
  app.get(path, (_req, res) => {
    res.type('json').send(body);
  });
}
process.stdout.write(`listening on ${await listen(createServer(app), '127.0.0.1', 0)}\n`);
