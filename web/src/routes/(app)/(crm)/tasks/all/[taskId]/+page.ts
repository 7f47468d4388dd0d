import { redirect } from '@sveltejs/kit';
import type { PageLoad } from './$types';

/** One is read and changed beside the reader's own; so is a new one made. */
export const load: PageLoad = ({ params }) => redirect(307, `/tasks?task=${encodeURIComponent(params.taskId)}`);
