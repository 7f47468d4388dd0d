import type { Clock } from '../../domain/platform/clock.ts';

/** What this execution knows of its tenant. The sandbox evaluates modules once for each execution, so it is its own. */
export const scope: { tenantId: string; clock: Clock | null } = { tenantId: '', clock: null };
