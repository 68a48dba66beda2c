/** A connection on which an attacker says what it likes. */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Characters of the other side's words that are kept. */
const KEPT = 4_000_000;

export class Wire {
  readonly socket: Socket;
  /** All that came, as bytes in Latin-1. */
  said = '';
  isClosed = false;
  /** When the other end has closed the connection, or reset it. */
  readonly closed: Promise<void>;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      if (this.said.length < KEPT) this.said += chunk;
    });
    this.closed = new Promise((resolve) => {
      // A connection that is reset is closed, too.
      socket
        .on('error', () => undefined)
        .on('close', () => {
          this.isClosed = true;
          resolve();
        });
    });
  }

  static async to(port: number): Promise<Wire> {
    const socket = connect(port, '127.0.0.1');
    const wire = new Wire(socket);
    await Promise.race([once(socket, 'connect'), wire.closed]);
    return wire;
  }

  /** Writes, and waits until the system has taken it; false when the connection is gone. */
  send(bytes: string | Buffer): Promise<boolean> {
    if (!this.socket.writable) return Promise.resolve(false);
    return new Promise((resolve) => {
      void this.closed.then(() => resolve(false));
      this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, (error) =>
        resolve(!error),
      );
    });
  }

  /** The statuses of all answers that came. */
  get statuses(): number[] {
    return Array.from(this.said.matchAll(/HTTP\/1\.1 (\d{3}) /g), ([, status]) => Number(status));
  }

  /** Waits for as many answers as that, or for the end. @returns false when neither comes */
  async answered(answers: number, patienceMs: number): Promise<boolean> {
    const deadline = performance.now() + patienceMs;
    while (!this.isClosed && this.statuses.length < answers) {
      if (performance.now() > deadline) return false;
      await Promise.race([once(this.socket, 'data'), this.closed, pause(1_000)]);
    }
    return true;
  }

  /** Waits for the other side to close. @returns false when it does not */
  async gone(patienceMs: number): Promise<boolean> {
    await Promise.race([this.closed, pause(patienceMs)]);
    return this.isClosed;
  }

  end(): void {
    this.socket.destroy();
  }
}

/** So long, without keeping the process alive. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
