import { lookAtEmail } from '../../../activities/crm/email/look-at-email.ts';
import { sendEmail } from '../../../activities/crm/email/send-email.ts';
import { interactionSource } from '../../../db/crm/activity-sources.ts';
import { readRecord } from '../../../db/platform/record.query.ts';
import { interactions } from '../../../domain/crm/activity/interaction.ts';
import { emailEndpoints } from '../../../domain/crm/email/email.contract.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { serve } from '../../platform/serve.ts';

export const emailRoutes = serve(emailEndpoints, {
  preview: ({ run, body }) => run(lookAtEmail, body),
  send: async ({ run, body, read, actor }) => {
    const { id } = await run(sendEmail, body);
    const row = await readRecord(read, { record: interactions, source: interactionSource }, actor, id);
    if (!row) throw notFound();
    return row;
  },
});
