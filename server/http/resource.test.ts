import test from 'ava';
import express from 'express';
import { markRoute, readOnly, routeOf, serveMethods } from './resource.ts';
import { serve } from './testing/app.ts';

test('a route is called by its template and where it is mounted, whatever it was asked by', async (t) => {
  const named: (string | undefined)[] = [];
  const app = express();
  app.use((req, res, next) => {
    res.on('close', () => named.push(routeOf(req)));
    next();
  });
  const router = express.Router();
  readOnly(router, '/', (_req, res) => void res.send('all'));
  readOnly(router, '/:id{/:part}', (_req, res) => void res.send('one'));
  serveMethods(router, /^\/(?<year>\d+)\/(?<month>\d+)\/(?<day>\d+)$/, {
    get: [
      () => {
        throw new Error('after this nothing knows the mount any more');
      },
    ],
  });
  app.use('/things', router);
  app.use('/files', markRoute('/files'), (_req, res) => void res.send('a file'));
  app.use(((_error, _req, res, _next) => void res.sendStatus(500)) as express.ErrorRequestHandler);
  const { ask } = await serve(t, app);
  for (const path of [
    '/things',
    '/Things/',
    '/things/7?x=1',
    '/things/2003/01/31',
    '/files/a/b.css',
    '/nowhere',
  ]) {
    await ask(path);
  }
  await ask('/things/7', { method: 'OPTIONS' });
  while (named.length < 7) await new Promise((resolve) => setImmediate(resolve));
  t.deepEqual(named, [
    '/things',
    '/things',
    '/things/:id{/:part}',
    '/things/:year/:month/:day',
    '/files',
    undefined,
    '/things/:id{/:part}',
  ]);
});
