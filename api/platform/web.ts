import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Express, Handler } from 'express';
import helmet from 'helmet';
import { ConfigError, type Config } from '../../db/platform/config.ts';
import { pagesSecret } from './own-pages.ts';

const built = new URL('../../web/build/handler.js', import.meta.url);

/** Refuses to go on without pages to serve; asked before anything is opened. */
export async function requireWeb({ NODE_ENV }: Pick<Config, 'NODE_ENV'>): Promise<void> {
  if (NODE_ENV !== 'development' && !existsSync(built))
    throw new ConfigError('The web pages are not built: run `npm run build` first.');
}

/** The web behind the API's port: the built one, or Vite's in development. Both render on the server. */
export async function mountWeb(app: Express, server: Server, config: Config): Promise<void> {
  process.env['INTERNAL_API'] ??= `http://127.0.0.1:${config.PORT}`;
  process.env['INTERNAL_SECRET'] = pagesSecret;
  process.env['ORIGIN'] ??= config.ORIGIN ?? `http://localhost:${config.PORT}`;
  if (config.NODE_ENV === 'development') {
    const { createServer: vite } = await import('vite');
    const settings = { server: { middlewareMode: true, hmr: { server } }, appType: 'custom' } as const;
    const dev = await withoutKitsWish(() => vite(settings));
    app.use(dev.middlewares);
    return;
  }
  const { handler } = await import(built.href) as { handler: Handler };
  app.use(guarded, handler);
}

/** Kit would have tsconfig.json extend its own: that is of the server, and the pages have web/tsconfig.json. */
async function withoutKitsWish<T>(work: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = (...said: unknown[]) => {
    if (!String(said[0]).includes('tsconfig_extends_missing')) warn(...said);
  };
  return work().finally(() => { console.warn = warn; });
}

/** Pages and their files; their policy of contents comes from the pages themselves, with a nonce for each answer. */
const guarded = helmet({
  contentSecurityPolicy: false,
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'same-origin' },
});
