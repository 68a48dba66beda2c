/*
 * A process that starts the process of the admin pages, as a server does, and says which it is; for tests of what becomes of it when
 * its server is killed: PLATFORM_DATABASE_URL=… node hold-admin.ts
 */
import { AdminProcess } from '../../server/admin/admin-process.ts';
import { readConfig } from '../../server/config.ts';

const { platformDatabaseUrl } = readConfig();
if (platformDatabaseUrl === null) throw new Error('set PLATFORM_DATABASE_URL');
const quiet = (): void => {};
const admin = new AdminProcess({ url: platformDatabaseUrl, logger: { info: quiet, warn: quiet } });
await admin.use(async (socketPath) => {
  process.stdout.write(`${JSON.stringify({ pid: await admin.pid(), socketPath })}\n`);
});
setInterval(quiet, 1_000_000);
