import { migrate } from '../../server/database/migrate.ts';
import { type TestServer, withClient } from './servers.ts';

/** A migrated database of its own on a test server; the name is made to be the process's own. */
export async function withDatabase(
  { version, url }: TestServer,
  name: string,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const database = `${name}_${process.pid}_${version.replace(/\W/g, '_')}`;
  const own = url.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${database}`);
  await withClient(url, (client) => client.query(`create database ${database}`));
  try {
    await migrate({ url: own, series: 'platform' });
    await work(own);
  } finally {
    await withClient(url, (client) => client.query(`drop database if exists ${database} with (force)`));
  }
}
