import { z } from 'zod';
import { Instant } from '../platform/clock.ts';
import { Id } from '../platform/id.ts';
import { Person } from '../platform/identity/user.ts';

export const decisions = ['approved', 'rejected', 'skipped', 'expired'] as const;
export type DecisionKind = (typeof decisions)[number];

const spoken: Record<string, string> = { approve: 'approved', reject: 'rejected' };
export const Comment = z.string().trim().max(5000);
export const Reason = z.string().trim().min(1, 'A reason is required').max(1000);

const which = {
  stepId: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .meta({
      description: 'Id or short name of the step; without it the first one that waits for you',
      example: 'step-1',
    }),
  subjectVersion: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'Version of what was seen; refused with 409 if the approval is of another one' }),
};
export const Approve = z.object({ ...which, comment: Comment.optional() });
export const Reject = z.object({ ...which, comment: Comment.min(1, 'A comment is required to reject') });

/** A decision as it is sent to the process: approving and rejecting in one message. */
export const Decide = z
  .object({
    ...which,
    comment: Comment.optional(),
    decision: z.preprocess(
      v => (typeof v === 'string' ? (spoken[v.toLowerCase()] ?? v.toLowerCase()) : v),
      z.enum(['approved', 'rejected']),
    ),
  })
  .superRefine((d, ctx) => {
    if (d.decision === 'rejected' && !d.comment) {
      ctx.addIssue({ code: 'custom', path: ['comment'], message: 'A comment is required to reject' });
    }
  });
export const Cancel = z.object({ reason: Reason });
export const Delegate = z
  .object({
    stepId: which.stepId,
    toUserId: Id.meta({ description: 'Who decides from now on' }),
    comment: Comment.optional(),
  })
  .meta({ id: 'Delegate' });
export const Skip = z.object({ stepId: z.string().trim().min(1).max(60), reason: Reason });

/** What happened to a step: its decision, and before that each time that it was handed over. Never changed. */
export const DecisionEntry = z
  .object({
    id: Id,
    workflowStepId: Id,
    stepId: z.string(),
    stepName: z.string(),
    decision: z.enum([...decisions, 'delegated']),
    by: Person.nullable(),
    inPlaceOf: Person.nullable().meta({ description: 'Whose decision it was: who handed it over or is away' }),
    to: Person.nullable().meta({ description: 'To whom the step was handed, where it was' }),
    at: Instant,
    comment: z.string().nullable(),
    stepVersion: z.int(),
    subjectVersion: z.string().nullable(),
  })
  .meta({ id: 'DecisionEntry' });
export type DecisionEntry = z.output<typeof DecisionEntry>;
