import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { log } from '../../activities/platform/log.ts';
import { isTracing, span, traceIdOf, traceparent } from '../../activities/platform/tracing/tracing.ts';
import { requestSeconds } from './metrics.ts';
import { requestId } from './request-id.ts';

/** One log line and one measurement for each request (PLT-110); never a body, a token or a query string. */
export const observed = (): RequestHandler => (req, res, next) => {
  const { method, path } = req;
  const parent = req.get('traceparent');
  if (!isTracing() || unasked.test(path)) return measure(req, res, traceIdOf(parent), next);
  const traced = { kind: 'server', parent, attributes: { 'http.request.method': method, 'url.path': path } } as const;
  void span(method, traced, async measured => {
    // A connection that broke closes too; what was wrong with it is no concern of the trace.
    const closed = new Promise(resolve => res.once('close', resolve));
    measure(req, res, traceIdOf(traceparent()), next);
    await closed;
    const route = patternOf(req, path);
    measured.rename(`${method} ${route}`);
    measured.set({ 'http.route': route, 'http.response.status_code': res.statusCode });
  });
};

/** Probes, every few seconds. */
const unasked = /^\/(metrics$|api\/health\/)/;

function measure(req: Request, res: Response, traceId: string | undefined, next: NextFunction): void {
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
    const traced = traceId ? { ...line, traceId } : line;
    log[levelOf(status, path)](traced, 'request');
  });
  next();
}

function patternOf(req: Request, path: string): string {
  const pattern = (req.route as { path?: unknown } | undefined)?.path;
  if (typeof pattern === 'string') return pattern;
  return path.startsWith('/api') ? '/api (unknown)' : 'web';
}

const levelOf = (status: number, path: string): 'error' | 'info' | 'debug' => {
  if (status >= 500) return 'error';
  return path.startsWith('/api') && !path.startsWith('/api/health') ? 'info' : 'debug';
};
