import { createHash } from 'node:crypto';
import express, { type Express, type RequestHandler } from 'express';
import { endpoints, events } from '../../../domain/index.ts';
import { forConsole } from './for-console.ts';
import { openApiOf, type OpenApiDocument } from './openapi.ts';

const assets = new URL('../../../node_modules/swagger-ui-dist/', import.meta.url).pathname;

/** The contracts as OpenAPI at `/api/openapi.json`, and at `/api/docs` a console to try them; no CDN (PLT-051). */
export function documented(app: Express): void {
  app.get('/api/openapi.json', madeOnce(document => document));
  app.get('/api/docs', withPagePolicy, (_req, res) => {
    res.type('html').send(page);
  });
  app.get('/api/docs/openapi.json', madeOnce(forConsole));
  app.get('/api/docs/console.js', (_req, res) => {
    res.type('js').set('Cache-Control', 'no-cache').send(script);
  });
  app.use('/api/docs', withPagePolicy, express.static(assets, { index: false, maxAge: '1d' }));
}

/** Made at the first request, since few processes are ever asked. */
function madeOnce(as: (document: OpenApiDocument) => object): RequestHandler {
  let made: { text: string; etag: string } | undefined;
  return (req, res) => {
    if (!made) {
      const text = JSON.stringify(as(openApiOf(endpoints, events)));
      made = { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
    }
    res.set({ ETag: made.etag, 'Cache-Control': 'no-cache' });
    if (req.get('If-None-Match') === made.etag) res.status(304).end();
    else res.type('json').send(made.text);
  };
}

/**
 * The page may load our own scripts and call our own API, nothing else. Its calls say where they come from, as those of
 * our other pages: by cookie nothing is changed without that.
 */
const withPagePolicy: RequestHandler = (_req, res, next) => {
  res.set('Referrer-Policy', 'same-origin');
  res.set(
    'Content-Security-Policy',
    `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; ` +
      `font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  );
  next();
};

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Throughline API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<link rel="icon" href="/api/docs/favicon-32x32.png">
</head>
<body>
<div id="console"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/console.js"></script>
</body>
</html>
`;

const script = `SwaggerUIBundle({
  url: '/api/docs/openapi.json', dom_id: '#console', deepLinking: true, docExpansion: 'none', filter: true,
  tryItOutEnabled: true, validatorUrl: null, displayRequestDuration: true, defaultModelsExpandDepth: 0,
});
`;
