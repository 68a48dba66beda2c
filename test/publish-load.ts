/*
 * npm run test:publish-load [-- --publishes 10] [-- --requests 100000]: publishes and takes back releases by whole
 * rebuilds while sixteen connections ask the service, on every PostgreSQL that is there. Every request has to be
 * answered, from one release. npm test does the same with fewer (etl/publishes.test.ts).
 */
import { parseArgs } from 'node:util';
import { PublishScene } from '../etl/testing/publishes.ts';
import { hasDebian15, startDebian15, startEmbedded18 } from './harness/servers.ts';

const { values } = parseArgs({
  options: {
    publishes: { type: 'string', default: '10' },
    requests: { type: 'string', default: '100000' },
  },
});
const wanted = { publishes: Number(values.publishes), requests: Number(values.requests) };

for (const start of [startEmbedded18, ...(hasDebian15() ? [startDebian15] : [])]) {
  const server = await start();
  try {
    const scene = await PublishScene.open(server);
    try {
      const { publishes, rollbacks, requests, hits, slowestMs } = await scene.serve(wanted);
      console.log(
        `PostgreSQL ${server.major}: ${requests.toLocaleString('en-US')} requests over ${publishes} publishes and ${rollbacks} rollbacks, ` +
          `${hits.toLocaleString('en-US')} of them from the cache; none failed, none mixed two releases, the slowest took ${slowestMs} ms`,
      );
    } finally {
      await scene.close();
    }
  } finally {
    await server.stop();
  }
}
