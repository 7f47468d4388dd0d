import { error, redirect } from '@sveltejs/kit';
import type { Session } from '#lib/platform/session.svelte.ts';
import type { LayoutServerLoad } from './$types';

/** Everything in here needs a session (PLT-023). */
export const load: LayoutServerLoad = async ({ fetch, url, untrack, depends }) => {
  depends('app:session');
  const answer = await fetch('/api/auth/session');
  if (answer.status === 401) {
    const next = untrack(() => url.pathname + url.search);
    redirect(303, `/auth/signin?next=${encodeURIComponent(next)}`);
  }
  if (!answer.ok) error(503, { message: `API Error: ${answer.statusText}` });
  return { session: (await answer.json()) as Session, at: Date.now() };
};
