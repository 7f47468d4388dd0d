import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * How it answers next: `down` cuts the connection unanswered, `busy` is 503, `refuses` is 400; `holds` takes it and
 * says nothing.
 */
export type ServiceMood = 'fine' | 'down' | 'busy' | 'refuses' | 'holds';
export interface Taken {
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}
export interface ServiceStub {
  url: string;
  /** What was asked, however it was answered. */
  asked: Taken[];
  /** What was taken. */
  taken: Taken[];
  /** Moods of the next requests; fine after them. */
  moods: ServiceMood[];
  stop(): Promise<void>;
}

/** SendGrid, Resend, Twilio, Slack and anybody's webhook, each on its path and with its own answer. */
export async function startServiceStub(): Promise<ServiceStub> {
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part)).once('end', () => {
      const path = req.url ?? '', body = Buffer.concat(parts).toString();
      const taken = { path, headers: req.headers, body };
      stub.asked.push(taken);
      const mood = stub.moods.shift() ?? 'fine';
      if (mood === 'down') return req.socket.destroy();
      if (mood === 'busy') return res.writeHead(503).end('Try later');
      const [status, answer] = mood === 'refuses' ? [400, 'That is wrong'] as const : answerOf(taken);
      if (status < 300) stub.taken.push(taken);
      if (mood === 'holds') return undefined;
      return res.writeHead(status).end(answer);
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const stub: ServiceStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: [], taken: [], moods: [],
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return stub;
}

/** As each of them answers, and refuses what it would not understand. */
function answerOf({ path, headers, body }: Taken): readonly [status: number, answer: string] {
  const bearer = headers.authorization?.startsWith('Bearer ') ?? false;
  if (path === '/v3/mail/send') return bearer && jsonOf(body)?.['personalizations'] ? [202, ''] : [401, 'no'];
  if (path === '/emails') return bearer && headers['idempotency-key'] ? [200, '{"id":"49a3999c"}'] : [401, 'no'];
  if (path.endsWith('/Messages.json')) {
    const form = new URLSearchParams(body);
    const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
    const whole = isForm && form.get('To') && form.get('Body') && headers.authorization?.startsWith('Basic ');
    return whole ? [201, '{"sid":"SM1","status":"queued"}'] : [400, 'no'];
  }
  if (path.startsWith('/services/')) return jsonOf(body)?.['text'] ? [200, 'ok'] : [400, 'no_text'];
  return [204, ''];
}

function jsonOf(body: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
