import { error, redirect } from '@sveltejs/kit';
import { sessionEndpoints } from '#domain/platform/identity/session.contract.ts';
import { ApiError, call } from '#lib/platform/client.ts';
import { requestIdOf } from '#lib/platform/problem.ts';
import type { LayoutServerLoad } from './$types';

/** Everything in here needs a session (PLT-023). */
export const load: LayoutServerLoad = async ({ fetch, url, untrack, depends }) => {
  depends('app:session');
  try {
    return { session: await call(sessionEndpoints.read, {}, { fetch }) };
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    const next = untrack(() => url.pathname + url.search);
    if (failure.status === 401) redirect(303, `/auth/signin?next=${encodeURIComponent(next)}`);
    error(failure.status || 503, { message: failure.message, requestId: requestIdOf(failure) });
  }
};
