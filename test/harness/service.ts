import { type ChildProcess, spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { projectRoot } from '../../server/config.ts';
import { until } from './until.ts';

/** Longest wait for anything a start does; the first load takes half a minute on two idle cores. */
const patienceMs = 240_000;

/** The service as its users start it, in a process of its own. */
export class Service {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';

  /**
   * @param env the whole configuration; nothing of ours is passed on
   * @param program a file of ours, or `npm start`
   */
  constructor(env: Record<string, string>, program = 'server/main.ts', args: string[] = []) {
    const isNpm = program === 'npm start';
    const file = isNpm ? 'npm' : process.execPath;
    this.child = spawn(file, isNpm ? ['start', '--silent'] : [join(projectRoot, program), ...args], {
      cwd: projectRoot,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits for its line on standard output. @returns the URL in it @throws when it ends before, with what it said */
  async listening(): Promise<string> {
    await this.until(() => this.stdout.includes('\n'));
    const url = /^listening on (http:\/\/\S+)\n$/.exec(this.stdout)?.[1];
    if (url === undefined) throw new Error(`not one line "listening on …" but: ${this.stdout}`);
    return url;
  }

  /** Waits for a condition on what it says. @throws when it ends before */
  async until(condition: () => boolean): Promise<void> {
    const look = (): boolean => {
      if (condition()) return true;
      if (this.hasEnded) throw new Error(`it ended: ${this.stdout}${this.stderr}`);
      return false;
    };
    await until(look, () => `${condition}; it said ${this.stdout}${this.stderr}`, patienceMs);
  }

  /** Waits for its end. @returns the exit code; null when a signal ended it */
  async ended(): Promise<number | null> {
    const isOver = (): boolean => this.hasEnded && this.child.stderr?.readableEnded !== false;
    await until(isOver, () => `for its end; it said ${this.stdout}${this.stderr}`, patienceMs);
    return this.child.exitCode;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.ended();
  }

  /** What it said to people; log lines are JSON. */
  get lines(): string[] {
    return this.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
