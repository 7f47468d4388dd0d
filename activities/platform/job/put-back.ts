import type { RecordVerbs } from '../record/record-verbs.ts';
import type { VerbContext } from '../verb.ts';
import type { JobVerbs } from './job-record.ts';

type Fields = Record<string, unknown>;

/** Transactions that take a change back, each with the stamps that the record had before it. */
const kept = new WeakMap<VerbContext, Fields>();

/** What a change that is taken back writes again, instead of what follows from it; nothing of other changes. */
export const stampsBack = (ctx: VerbContext): Fields | undefined => kept.get(ctx);

/** A patch that brings the stamps of before along, and of which nobody is told what they were told already. */
export const backBy = ({ patch }: RecordVerbs): NonNullable<JobVerbs['back']> => async (ctx, id, fields, stamps) => {
  kept.set(ctx, stamps);
  try {
    return await ctx.run(patch, { id, fields });
  } finally {
    kept.delete(ctx);
  }
};
