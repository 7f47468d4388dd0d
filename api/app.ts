import express, { type Express, type RequestHandler } from 'express';
import { Refusal } from '../domain/platform/errors.ts';
import { withRequestId } from './platform/request-id.ts';
import { onError, sendProblem } from './platform/problem.ts';
import type { ApiServices } from './platform/services.ts';
import { secured } from './platform/secured.ts';
import { observed } from './platform/observed.ts';
import { localFiles } from './platform/attachment/local-files.ts';
import { healthRoutes } from './platform/health.routes.ts';
import { documented } from './platform/openapi/documented.ts';
import { keepRawBody } from './platform/raw-body.ts';
import { routes } from './routes.ts';

/** The API as an Express application: everything under `/api`, `/metrics`; the web is mounted after it. */
export function createApp(services: ApiServices): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'extended');
  app.set('etag', false);
  app.set('trust proxy', services.config.TRUST_PROXY);
  app.use(withRequestId, observed());
  localFiles(app, services.config);
  app.use('/api', ...secured(services.config));
  // Large enough that a text which is far too long is refused by its own field.
  app.use('/api', express.json({ limit: '4mb', type: json, verify: keepRawBody }), onlyJson);
  healthRoutes(app, services);
  documented(app);
  for (const served of routes) served.mount(app, services);
  app.use('/api', (_req, res) => sendProblem(res, new Refusal('not-found', 'Unknown path')));
  app.use('/api', onError);
  return app;
}

const json = ['application/json', 'application/*+json'];

/** A body of another type would be taken for none: the caller would believe that it was read. */
const onlyJson: RequestHandler = (req, _res, next) => {
  const empty = req.headers['content-length'] === '0' || req.is(json) === null;
  if (!empty && req.is(json) === false)
    throw new Refusal('invalid', 'Send the body as application/json', {
      reason: 'unsupported-media-type',
      fields: [{ pointer: '', code: 'unsupported-media-type', message: 'must be application/json' }],
    });
  next();
};
