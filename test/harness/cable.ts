import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What a line is like. */
export interface Slowness {
  /** From one end to the other. */
  readonly delayMs: number;
  /** Of each connection; no limit when absent. */
  readonly bytesPerSecond?: number;
}

/** The way to a server, which a test can cut and mend. */
export interface Cable {
  /** The URL given, by way of the cable. */
  url: string;
  /** How many sockets of clients are attached to it. */
  readonly attached: number;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Lets nothing through any more, and says nothing: neither side hears that the other does not hear it. */
  silence(): void;
  /** Lets everything through again, and what was held back. */
  resume(): void;
  /** Makes it a long or a narrow line, in both directions, until it is given null. */
  slow(how: Slowness | null): void;
  /** Connects again, to another server where one is named: a database that was started again may have another port. */
  mend(url?: string): Promise<void>;
  close(): Promise<void>;
}

/** A TCP connection in front of a database URL. */
export async function layCable(url: string): Promise<Cable> {
  let target = new URL(url);
  const sockets = new Set<Socket>();
  const attached = new Set<Socket>();
  let isSilent = false;
  /** What happened at either end in the silence, and the other end is to hear of. */
  const held: (() => void)[] = [];
  const tell = (what: () => void): void => {
    if (isSilent) held.push(what);
    else what();
  };
  let slowness: Slowness | null = null;
  const forward = (from: Socket, to: Socket | undefined, chunk: Buffer): void => {
    if (slowness !== null) {
      const { delayMs, bytesPerSecond = Number.POSITIVE_INFINITY } = slowness;
      // Nothing is read meanwhile, so nothing overtakes it.
      from.pause();
      setTimeout(
        () => {
          pass(from, to, chunk);
          if (to?.writableNeedDrain !== true) from.resume();
        },
        delayMs + (chunk.length / bytesPerSecond) * 1_000,
      );
      return;
    }
    pass(from, to, chunk);
  };
  const pass = (from: Socket, to: Socket | undefined, chunk: Buffer): void => {
    if (to === undefined || to.destroyed || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  };
  const relay = createServer((near) => {
    // At the end of a dead line a connection is neither made nor refused; this one is made and gets no further.
    let far: Socket | undefined;
    const opposite = (of: Socket): Socket | undefined => (of === near ? far : near);
    const carry = (end: Socket): void => {
      sockets.add(end);
      end.on('data', (chunk: Buffer) => tell(() => forward(end, opposite(end), chunk)));
      end.on('error', () => undefined);
      end.on('close', () => {
        sockets.delete(end);
        attached.delete(end);
        tell(() => opposite(end)?.destroy());
      });
    };
    attached.add(near);
    carry(near);
    tell(() => {
      far = connect({ host: target.hostname, port: Number(target.port) });
      carry(far);
    });
  });
  let port = 0;
  const mend = async (other = target.href): Promise<void> => {
    target = new URL(other);
    await once(relay.listen(port, '127.0.0.1'), 'listening');
    port = (relay.address() as AddressInfo).port;
  };
  const cut = async (): Promise<void> => {
    const closed = once(relay, 'close');
    relay.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await mend();
  const near = new URL(url);
  near.hostname = '127.0.0.1';
  near.port = String(port);
  return {
    url: near.href,
    get attached() {
      return attached.size;
    },
    cut,
    silence: () => {
      isSilent = true;
    },
    resume: () => {
      isSilent = false;
      for (const what of held.splice(0)) what();
    },
    slow: (how) => {
      slowness = how;
    },
    mend,
    close: async () => {
      if (relay.listening) await cut();
    },
  };
}
