import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The way to a server, which a test can cut and mend. */
export interface Cable {
  /** The URL given, by way of the cable. */
  url: string;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Connects again, to another server where one is named: a database that was started again may have another port. */
  mend(url?: string): Promise<void>;
  close(): Promise<void>;
}

/** A TCP connection in front of a database URL. */
export async function layCable(url: string): Promise<Cable> {
  let target = new URL(url);
  const sockets = new Set<Socket>();
  const relay = createServer((near) => {
    const far = connect({ host: target.hostname, port: Number(target.port) });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
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
    cut,
    mend,
    close: async () => {
      if (relay.listening) await cut();
    },
  };
}
