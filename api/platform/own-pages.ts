import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

/** Known to the pages that this process renders and to nobody else, also behind the same proxy. */
export const pagesSecret = randomBytes(32).toString('base64url');

/**
 * The address a request is counted by. A page that is rendered here asks over loopback for its reader and says for
 * whom; without that, one flood of signed-out readers would use up what all of them have.
 */
export function addressOf(req: Pick<Request, 'ip' | 'get'> & { socket: { remoteAddress?: string } }): string {
  const reader = req.get('X-Reader-Address');
  const believed = isLoopback(req.socket.remoteAddress) && isSecret(req.get('X-Reader-Secret'));
  return (believed && reader) || (req.ip ?? '');
}

const isLoopback = (address = ''): boolean => /^(::ffff:)?127\.|^::1$/.test(address);

function isSecret(said = ''): boolean {
  const [a, b] = [Buffer.from(said), Buffer.from(pagesSecret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
