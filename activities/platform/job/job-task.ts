import type { z } from 'zod';
import type { Needs, Shape } from '../../../domain/platform/contract.ts';
import type { Verb, VerbContext } from '../verb.ts';
import type { OfJob } from './ask-job.ts';
import type { More } from './row-work.ts';

/** A type of job that is about no list of rows from outside: what it wants, and how it is worked on. */
export interface JobTask<Payload extends Shape = Shape> {
  needs: Needs;
  payload: Payload;
  /** Refuses what could never be done, and says what the job is called and which kind of record it is about. */
  about(ctx: VerbContext, payload: z.output<Payload>): Promise<{ title: string; record: string }>;
  work: Verb<typeof OfJob, typeof More>;
}
