import type { AttachmentSubject } from '../domain/platform/attachment/attachment.ts';
import { crmAttachmentSubjects } from './crm/attachment-subjects.ts';
import type { VerbContext } from './platform/verb.ts';
import { claimPov } from './pov/claim-pov.ts';

/** Locks a record for this transaction, if the actor may change it: 404 where they may not see it, 403 otherwise. */
export type Claim = (ctx: VerbContext, id: string) => Promise<unknown>;

/** Register: the records that files can be attached to. */
export const attachmentClaims: Record<AttachmentSubject, Claim> = {
  ...crmAttachmentSubjects,
  pov: (ctx, id) => claimPov(ctx, id, 'edit'),
};
