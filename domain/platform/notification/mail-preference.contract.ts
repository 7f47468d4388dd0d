import { z } from 'zod';
import { endpoint, event } from '../contract.ts';
import { Id } from '../id.ts';
import { isMailable, mailable } from './mail-preference.ts';

export const MailPreferences = z
  .object({
    events: z
      .array(z.string().max(100))
      .max(100)
      .refine(names => names.every(isMailable), `must be some of ${Object.keys(mailable).join(', ')}`)
      .transform(names => [...new Set(names)].filter(isMailable).sort())
      .meta({ description: 'By the names of their templates' }),
  })
  .meta({ id: 'MailPreferences', example: { events: ['approval-request', 'task-reminder'] } });

const path = '/api/mail-preferences';
/** Which of my notifications come by mail too; in the product I am told of all of them (PLT-075). */
export const mailPreferenceEndpoints = {
  read: endpoint({
    method: 'GET', path, needs: 'signed-in', returns: z.object({ events: z.array(z.string()) }),
    summary: 'What I am told by mail too',
  }),
  keep: endpoint({
    method: 'PUT', path, needs: 'signed-in', body: MailPreferences, returns: z.object({ events: z.array(z.string()) }),
    summary: 'Choose what I am told by mail too',
  }),
};

/** Only its owner hears of it. */
export const mailPreferencesKept = event({
  name: 'platform.mail-preferences.kept',
  payload: z.object({ userId: Id }),
  entity: p => p.userId,
  concerns: p => [p.userId],
  says: () => 'chose what comes by mail',
});
