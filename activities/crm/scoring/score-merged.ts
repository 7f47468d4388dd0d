import type { DuplicateSubject } from '../../../domain/crm/duplicate/match.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { requestScoringFor } from './request-scoring.ts';
import { rescore } from './rescore.ts';

/** What became one, or several again, brought along what belongs to it. */
export async function scoreMerged(ctx: VerbContext, subject: DuplicateSubject, ids: readonly string[]): Promise<void> {
  if (subject === 'contact') await rescore(ctx, ids);
  else await requestScoringFor(ctx, ['accountName', 'contactType'], ids.length === 1 ? ids[0]! : null);
}
