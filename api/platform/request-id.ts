import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

const given = /^[\w.-]{8,100}$/;

/** Every answer carries X-Request-Id: the caller's own if it is a sane one. */
export const withRequestId: RequestHandler = (req, res, next) => {
  const wanted = req.get('X-Request-Id');
  const id = wanted && given.test(wanted) ? wanted : randomUUID();
  res.locals['requestId'] = id;
  res.set('X-Request-Id', id);
  next();
};

export const requestId = (res: Response): string => String(res.locals['requestId'] ?? '');
