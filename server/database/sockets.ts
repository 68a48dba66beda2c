import { Socket } from 'node:net';

/**
 * The sockets of some connections, so that they can be cut at once. node-postgres says goodbye to end a connection, and a server
 * that is gone without a word never hears it: the socket would stay until the operating system gives up, a quarter of an hour.
 */
export class Sockets {
  readonly #open = new Set<Socket>();

  /** Makes a socket: the option `stream` of a connection or a pool. */
  readonly open = (): Socket => {
    const socket = new Socket();
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  };

  /** How many are open. */
  get count(): number {
    return this.#open.size;
  }

  /** Cuts all of them. What was asked over them fails, and whoever keeps the connections makes others. */
  cut(): void {
    for (const socket of this.#open) socket.destroy();
  }
}
