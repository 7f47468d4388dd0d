import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';

const kept = new WeakMap<IncomingMessage, Buffer>();
const signed = /^\/api\/hooks\//;

/** Keeps what a signed message said to the letter: parsed and written again it would be another text. */
export function keepRawBody(req: IncomingMessage & { originalUrl?: string }, _res: unknown, body: Buffer): void {
  if (signed.test(req.originalUrl ?? '')) kept.set(req, body);
}
export const rawBodyOf = (req: Request): Buffer => kept.get(req) ?? Buffer.alloc(0);
