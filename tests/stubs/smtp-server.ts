import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/**
 * How the server meets the next connections: `down` cuts each at once, `breaks` cuts after the text, unanswered,
 * `holds` takes the text and says nothing.
 */
export type SmtpMood = 'fine' | 'down' | 'breaks' | 'holds' | 'busy' | 'refuses';
export interface SmtpStub {
  url: string;
  /** What was taken, headers and text, as it came over the line. */
  mails: { to: string[]; raw: string }[];
  mood: SmtpMood;
  connections: number;
  stop(): Promise<void>;
}

/** A mail server that speaks SMTP on a port of its own and can be told to fail. */
export async function startSmtpStub(): Promise<SmtpStub> {
  const sockets = new Set<Socket>();
  const stub: SmtpStub = { url: '', mails: [], mood: 'fine', connections: 0, stop: () => closed(server, sockets) };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, done) =>
      done(stub.mood === 'refuses' ? Object.assign(new Error('No such mailbox'), { responseCode: 550 }) : null),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (stub.mood === 'busy') return done(Object.assign(new Error('Try later'), { responseCode: 451 }));
        stub.mails.push({ to: recipientsOf(session), raw: Buffer.concat(parts).toString() });
        if (stub.mood === 'breaks') for (const socket of sockets) socket.destroy();
        else if (stub.mood !== 'holds') done();
      });
    },
  });
  server.server.on('connection', (socket: Socket) => {
    stub.connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    if (stub.mood === 'down') socket.destroy();
  });
  server.on('error', () => undefined);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  stub.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return stub;
}

const recipientsOf = ({ envelope }: SMTPServerSession): string[] => envelope.rcptTo.map(r => r.address);

const closed = (server: SMTPServer, sockets: Set<Socket>): Promise<void> =>
  new Promise(resolve => {
    for (const socket of sockets) socket.destroy();
    server.close(() => resolve());
  });
