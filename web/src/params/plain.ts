import type { ParamMatcher } from '@sveltejs/kit';
import { isPlain } from '#lib/crm/plain/plain-modules.ts';

export const match: ParamMatcher = isPlain;
