/** The requests under way in this process: how many there are, and how the last of them are brought to an end. */

import type { ServerResponse } from 'node:http';

export class Traffic {
  readonly #underWay = new Set<ServerResponse>();
  /** Of them those that wait behind another on their connection: it has one place, whatever the client sends. */
  readonly #waiting = new Set<ServerResponse>();
  #isClosing = false;
  /** Requests turned away since the start because too many were under way. */
  shed = 0;

  /** Requests under way, one a connection. */
  get size(): number {
    return this.#underWay.size - this.#waiting.size;
  }

  /** The process is about to end: whoever chooses between servers should choose another. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  begin(res: ServerResponse): void {
    this.#underWay.add(res);
    if (res.socket === null) {
      this.#waiting.add(res);
      res.once('socket', () => this.#waiting.delete(res));
    }
    if (this.#isClosing) tellToLeave(res);
  }

  end(res: ServerResponse): void {
    this.#underWay.delete(res);
    this.#waiting.delete(res);
  }

  /**
   * From here on every answer closes its connection, also those that are under way: a client then asks the next server
   * by itself, and finds no connection dead that it believed to be alive.
   */
  close(): void {
    this.#isClosing = true;
    for (const res of this.#underWay) tellToLeave(res);
  }
}

function tellToLeave(res: ServerResponse): void {
  if (!res.headersSent) res.setHeader('Connection', 'close');
}
