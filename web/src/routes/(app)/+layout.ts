import { queryClient } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = ({ data }) => ({ ...data, queryClient: queryClient() });
