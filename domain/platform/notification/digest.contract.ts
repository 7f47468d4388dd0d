import { z } from 'zod';
import { endpoint, event } from '../contract.ts';
import { Id } from '../id.ts';
import { watcherUpdates } from '../operations/process-hold.ts';
import { processContract } from '../process.ts';
import { digestPeriods } from './digest.ts';

export const DigestPreference = z
  .object({ every: z.enum(digestPeriods) })
  .meta({ id: 'DigestPreference', example: { every: 'daily' } });

const path = '/api/digest-preferences';
/** Whether what I have not read comes as one mail, and how often (PLT-075). */
export const digestEndpoints = {
  read: endpoint({
    method: 'GET', path, needs: 'signed-in', returns: DigestPreference,
    summary: 'How often unread notifications are mailed',
  }),
  keep: endpoint({
    method: 'PUT', path, needs: 'signed-in', body: DigestPreference, returns: DigestPreference,
    summary: 'Choose how often unread notifications are mailed: off, daily, weekly',
  }),
};

export const notificationDigest = processContract({
  type: 'notificationDigest',
  entityType: 'digest',
  summary: 'Mails somebody what they have not read, each morning or each Monday; nothing where there is nothing',
  id: digestId => `digest-${digestId}`,
  reads: 'process:steer',
  start: { needs: 'process:steer', body: z.object({ userId: Id }) },
  signals: {},
  updates: watcherUpdates,
});

/** Only its owner hears of it. */
export const digestKept = event({
  name: 'platform.digest.kept',
  payload: z.object({ digestId: Id, userId: Id, every: z.enum(digestPeriods) }),
  entity: p => p.digestId,
  concerns: p => [p.userId],
  tells: p => [{ type: 'notificationDigest', entityId: p.digestId }],
  says: p => (p.every === 'off' ? 'wants no digest' : `wants a ${p.every} digest`),
});
