import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

export interface Proxy {
  /** `host:port`, the same for as long as it lives. */
  address: string;
  /** Ends all connections and refuses new ones, as a server that has gone. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Asked at each commit of PostgreSQL that goes over the line; `sent` is what came before it on its connection. */
  atCommit: (sent: string) => Break;
  close(): void;
}
/** The line breaks before the server hears of the commit, or when it has committed and nobody has heard so. */
export type Break = 'before' | 'after' | null;

const rememberedMax = 100_000;

/** A line to a server that can be cut. */
export async function openProxy(target: { host: string; port: number }): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const server = createServer(near => {
    const far = connect(target);
    let sent = '', broken: Break = null;
    const passes = (from: Socket, bytes: Buffer): boolean => {
      // Answers to what was sent before the commit still pass: a server that cannot give them would not reach it.
      if (from === far) return broken === null || (broken === 'after' && !bytes.includes('COMMIT\0'));
      sent = (sent + bytes.toString('latin1')).slice(-rememberedMax);
      if (!sent.includes('commit\0')) return true;
      broken = proxy.atCommit(sent);
      sent = '';
      return broken !== 'before';
    };
    for (const [from, to] of [[near, far], [far, near]] as const) {
      sockets.add(from);
      from.on('data', bytes => {
        if (passes(from, bytes)) to.write(bytes);
        else from.destroy();
      });
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
  const proxy: Proxy = {
    address: `127.0.0.1:${port}`,
    atCommit: () => null,
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
  return proxy;
}
