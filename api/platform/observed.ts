import type { Request, RequestHandler } from 'express';
import { log } from '../../activities/platform/log.ts';
import { requestSeconds } from './metrics.ts';
import { requestId } from './request-id.ts';

/** One log line and one measurement for each request (PLT-110); never a body, a token or a query string. */
export const observed = (): RequestHandler => (req, res, next) => {
  const began = process.hrtime.bigint();
  const { method, path } = req;
  res.once('close', () => {
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    const route = patternOf(req, path);
    // A closed connection without an answer: nginx's code for it.
    const status = res.writableFinished || res.headersSent ? res.statusCode : 499;
    // A live stream lasts as long as somebody looks: no measure of how fast we answer.
    if (!res.get('Content-Type')?.startsWith('text/event-stream'))
      requestSeconds.observe({ method, route, status }, seconds);
    const line = { requestId: requestId(res), method, path, route, status, ms: Math.round(seconds * 1000), ip: req.ip };
    log[levelOf(status, path)](line, 'request');
  });
  next();
};

function patternOf(req: Request, path: string): string {
  const pattern = (req.route as { path?: unknown } | undefined)?.path;
  if (typeof pattern === 'string') return pattern;
  return path.startsWith('/api') ? '/api (unknown)' : 'web';
}

const levelOf = (status: number, path: string): 'error' | 'info' | 'debug' => {
  if (status >= 500) return 'error';
  return path.startsWith('/api') && !path.startsWith('/api/health') ? 'info' : 'debug';
};
