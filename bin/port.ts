import { connect, createServer } from 'node:net';
import { codeOf } from './failure.ts';

/** Whether nothing listens on this port, neither on `host` nor on the other address that `localhost` may mean. */
export async function portIsFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await canListen(port, host)) && !(await answers(port, '::1'));
}

/** The wanted port if it is free, else any free one. */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined && (await portIsFree(wanted))) return wanted;
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Whether somebody accepts connections there. */
export function answers(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1_000 });
    const end = (open: boolean) => () => { socket.destroy(); resolve(open); };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (codeOf(error) === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
