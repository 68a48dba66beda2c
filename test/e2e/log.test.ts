/** The log of the service as it runs: written behind its back, and complete all the same. */

// needs: fixture

import test from 'ava';
import { testServers } from '../harness/databases.ts';
import { Service } from '../harness/service.ts';

const REQUESTS = 60;

for (const server of testServers()) {
  test(`PostgreSQL ${server.version}: no line is lost when the service is stopped`, async (t) => {
    const service = new Service({
      PORT: '0',
      DATA_DIR: '/nowhere',
      PLATFORM_DATABASE_URL: server.fixture ?? '',
      DATABASE_URL: server.app,
    });
    t.teardown(async () => {
      if (!service.hasEnded) await service.stop();
    });
    const url = await service.listening();
    const ids = Array.from({ length: REQUESTS }, (_, index) => `request-${String(index).padStart(3, '0')}`);
    await Promise.all(
      ids.map(async (id) => {
        const reply = await fetch(`${url}/health/live`, { headers: { 'X-Request-Id': id } });
        await reply.text();
      }),
    );
    t.is(await service.stop(), 0);
    const logged = service.stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => (JSON.parse(line) as { requestId?: string }).requestId)
      .filter((id) => id !== undefined);
    t.deepEqual(logged.sort(), ids);
  });
}
