import type { Server } from 'node:http';
import type { Express, Handler } from 'express';
import helmet from 'helmet';
import type { Config } from '../../db/platform/config.ts';
import { pagesSecret } from './own-pages.ts';

/** The web behind the API's port: the built one, or Vite's in development. Both render on the server. */
export async function mountWeb(app: Express, server: Server, config: Config): Promise<void> {
  process.env['INTERNAL_API'] ??= `http://127.0.0.1:${config.PORT}`;
  process.env['INTERNAL_SECRET'] = pagesSecret;
  process.env['ORIGIN'] ??= config.ORIGIN ?? `http://localhost:${config.PORT}`;
  if (config.NODE_ENV === 'development') {
    const { createServer: vite } = await import('vite');
    const dev = await vite({ server: { middlewareMode: true, hmr: { server } }, appType: 'custom' });
    app.use(dev.middlewares);
    return;
  }
  const built = new URL('../../web/build/handler.js', import.meta.url).href;
  const { handler } = await import(built) as { handler: Handler };
  app.use(guarded, handler);
}

/** Pages and their files; their policy of contents comes from the pages themselves, with a nonce for each answer. */
const guarded = helmet({
  contentSecurityPolicy: false,
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'same-origin' },
});
