/** The page as it is served, and how the service comes by it. */

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** One address, in every encoding it is sent in. */
export interface BuiltFile {
  type: string;
  digest: string;
  bodies: Readonly<Record<'br' | 'gzip' | 'identity', Uint8Array>>;
}

/** All there is: the files by their path below the digest, and the pages by their address. */
export interface BuiltPage {
  digest: string;
  files: Readonly<Record<string, BuiltFile>>;
  pages: Readonly<Record<string, BuiltFile>>;
}

let made: Promise<BuiltPage> | undefined;

/** The page, made when it is first asked for: half a second, once in the life of the process. */
export function builtPage(): Promise<BuiltPage> {
  made ??= build().catch((error: unknown) => {
    // Whoever asks next tries again: no memory for a process now may be no memory for a minute.
    made = undefined;
    throw error;
  });
  return made;
}

function build(): Promise<BuiltPage> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('build.ts', import.meta.url)), {
      serialization: 'advanced',
      // Node says of every use of stripTypeScriptTypes that it may change; its version is pinned here.
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('message', (page) => resolve(page as BuiltPage));
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`the page was not made (exit code ${code}): ${said}`)));
  });
}
