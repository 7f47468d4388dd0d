/// <reference types="node" />
import { env } from 'node:process';
import type { Handle, HandleFetch } from '@sveltejs/kit/hooks';

/**
 * While a page renders on the server, the API is reached over loopback with the reader's cookie only. It counts the
 * call on the reader's address: the one that the API's own server found, which knows what proxies to trust.
 */
export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const url = new URL(request.url);
  if (url.origin !== event.url.origin || !url.pathname.startsWith('/api/')) return fetch(request);
  const inner = env['INTERNAL_API'] ?? `http://127.0.0.1:${env['PORT'] ?? 3000}`;
  const headers = new Headers({ accept: 'application/json', cookie: event.request.headers.get('cookie') ?? '' });
  const agent = event.request.headers.get('user-agent');
  if (agent) headers.set('user-agent', agent);
  headers.set('x-reader-address', event.platform?.req.ip ?? event.getClientAddress());
  headers.set('x-reader-secret', env['INTERNAL_SECRET'] ?? '');
  return fetch(new Request(inner + url.pathname + url.search, { method: request.method, headers }));
};

/** Pages send files straight to the service that keeps them: the policy of contents must name it. */
export const handle: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  const policy = response.headers.get('content-security-policy');
  const service = env['STORAGE_ENDPOINT'];
  if (policy && service) {
    const allowed = policy.replace("connect-src 'self'", `connect-src 'self' ${new URL(service).origin}`);
    response.headers.set('content-security-policy', allowed);
  }
  return response;
};
