/*
 * npm run test:image: follows the Dockerfile step by step without Docker and runs what comes out of it as a container would: read-only, as user
 * 1000, with the logins and secrets of docker-compose.yml, on a PostgreSQL 18 made for the run. Needs root on Linux, and psql.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { until } from '../etl/testing/looks.ts';
import { projectRoot } from '../server/config.ts';
import { startEmbedded18, temporaryFolder } from './harness/servers.ts';
import { freePort } from './harness/service.ts';
import { buildImage } from './image/build.ts';
import { canContain, run, start } from './image/container.ts';

const psql = ['/usr/bin/psql', '/usr/lib/postgresql/15/bin/psql'].find((path) => existsSync(path));
if (!canContain() || psql === undefined) {
  console.log('npm run test:image needs root on Linux (unshare, setpriv) and psql');
  process.exit(1);
}

const begun = performance.now();
const say = (line: string): void => {
  console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${line}`);
};
const folder = temporaryFolder();
const secrets = join(folder, 'secrets');
execFileSync(join(projectRoot, 'deploy/make-secrets.sh'), [secrets]);
// Compose mounts each secret by itself; here all of them are seen at once.
execFileSync('chmod', ['755', secrets]);
const server = await startEmbedded18();
try {
  await drill(psql);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** The logins of deploy/postgresql, as the first start of docker compose makes them. */
async function prepare(psqlPath: string, database: string, files: string): Promise<URL> {
  const admin = new pg.Client({ connectionString: server.url('postgres') });
  await admin.connect();
  await admin.query(`create database ${pg.escapeIdentifier(database)} template template0 encoding 'UTF8'`);
  await admin.end();
  const url = server.url(database);
  for (const part of ['roles', 'logins']) {
    const file = join(projectRoot, `deploy/postgresql/${files}-${part}.sql`);
    execFileSync(psqlPath, ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url, '-f', file], {
      env: { ...process.env, SECRETS: secrets },
    });
  }
  return new URL(url);
}

function urlFor(database: URL, login: string): string {
  const url = new URL(database);
  url.username = login;
  url.password = '';
  return url.href;
}

async function drill(psqlPath: string): Promise<void> {
  const image = buildImage(folder, say);
  const [, megabytes = ''] =
    /^(\d+)/.exec(execFileSync('du', ['-sm', join(image.root, 'app')], { encoding: 'utf8' })) ?? [];
  say(`the image's own files take ${megabytes} MB`);

  const platform = await prepare(psqlPath, 'mvp-platform-vehicles', 'platform');
  const main = await prepare(psqlPath, 'motovaultpro', 'main');
  const port = await freePort();
  const { stage, root, workdir } = image;
  const base = { root, workdir, user: stage.user, tmpfs: ['/tmp', ...stage.volumes], shown: [secrets] };
  const programs = (login: 'migrator' | 'server'): Record<string, string> => ({
    ...stage.env,
    PORT: String(port),
    PLATFORM_DATABASE_URL: urlFor(platform, `mvp_platform_${login}`),
    PLATFORM_DATABASE_PASSWORD_FILE: join(secrets, `platform-${login}-password`),
    DATABASE_URL: urlFor(main, `mvp_main_${login}`),
    DATABASE_PASSWORD_FILE: join(secrets, `main-${login}-password`),
    JWT_SECRET_FILE: join(secrets, 'jwt-secret'),
  });
  const ofMigrator = { ...base, env: programs('migrator') };
  const ofServer = { ...base, env: programs('server') };

  const refused = isReadOnly(ofServer);
  say(refused ? 'its files cannot be changed' : 'ITS FILES CAN BE CHANGED');
  say(run(ofMigrator, ['node', 'server/cli.ts', 'migrate']).trim().replaceAll('\n', '; '));

  const children = [start(ofServer, stage.command), start(ofMigrator, ['node', 'server/worker.ts'])];
  let said = '';
  for (const child of children) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
  }
  try {
    await until(() => {
      if (children.some(({ exitCode }) => exitCode !== null)) throw new Error(said);
      return said.includes('waiting for npm run worker');
    }, 'for the server to wait for its data');
    say('the server waits: its login may not load the data');
    await listening(
      () => said.includes('listening on'),
      children,
      () => said,
    );
    say('the worker has loaded it, the server listens');
    run(ofServer, stage.healthCheck);
    const reply = await fetch(`http://127.0.0.1:${port}/api/vehicles/decode/1HGCM82633A004352`);
    const { make, model } = (await reply.json()) as { make: string; model: string };
    const page = await fetch(`http://127.0.0.1:${port}/`);
    say(
      `health check passed; decoded: ${make} ${model}; the page: ${page.status}, ${(await page.text()).length} characters`,
    );
    const closed = children.map((child) => once(child, 'exit'));
    for (const child of children) child.kill(stage.stopSignal as NodeJS.Signals);
    const codes = (await Promise.all(closed)).map(([code]) => code as number | null);
    say(`${stage.stopSignal}: ended with ${codes.join(' and ')}`);
    const good = refused && make === 'HONDA' && page.status === 200 && codes.every((code) => code === 0);
    console.log(good ? 'the image is good' : 'the image is NOT good');
    if (!good) process.exitCode = 1;
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
}

/** The first load takes half a minute to several, longer than other waits. */
async function listening(
  isUp: () => boolean,
  children: readonly { exitCode: number | null }[],
  said: () => string,
): Promise<void> {
  for (let minute = 0; minute < 10; minute++) {
    try {
      return await until(() => {
        if (children.some(({ exitCode }) => exitCode !== null)) throw new Error(`it ended: ${said()}`);
        return isUp();
      }, 'for the data');
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('it ended')) throw error;
    }
  }
  throw new Error(`no data in ten minutes: ${said()}`);
}

function isReadOnly(options: Parameters<typeof run>[0]): boolean {
  try {
    run(options, ['touch', '/app/changed']);
    return false;
  } catch (error) {
    return error instanceof Error && error.message.includes('Read-only file system');
  }
}
