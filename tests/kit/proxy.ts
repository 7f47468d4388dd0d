import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

export interface Proxy {
  /** `host:port`, the same for as long as it lives. */
  address: string;
  /** Ends all connections and refuses new ones, as a server that has gone. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): void;
}

/** A line to a server that can be cut. */
export async function openProxy(target: { host: string; port: number }): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const server = createServer(near => {
    const far = connect(target);
    for (const [from, to] of [[near, far], [far, near]] as const) {
      sockets.add(from);
      from.on('data', bytes => to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = (port: number): Promise<void> =>
    new Promise(resolve => { server.listen(port, '127.0.0.1', resolve); });
  const hangUp = (): void => { for (const socket of sockets) socket.destroy(); };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    cut: async () => {
      const closed = new Promise(resolve => { server.close(resolve); });
      hangUp();
      await closed;
    },
    mend: () => listen(port),
    close: () => {
      server.close();
      hangUp();
    },
  };
}
