import { taskVerbs } from '../../../activities/crm/activity/task-verbs.ts';
import { announceAttachment } from '../../../activities/platform/attachment/attachment-verbs.ts';
import { expireAwaitedFiles } from '../../../activities/platform/retention/clear-awaited-files.ts';
import type { Examples, World } from '../verb-world.ts';

async function announced(w: World): Promise<{ id: string }> {
  return w.run(announceAttachment, await file(w));
}
const file = async (w: World) => ({
  subject: 'task' as const, subjectId: (await w.run(taskVerbs.create, { title: 'Send the offer' }))['id'] as string,
  name: 'Offer.pdf', mediaType: 'application/pdf', size: 8, sizeMax: 1000,
});

/** One that was announced days ago. */
async function old(w: World): Promise<void> {
  await w.row(`update attachment set created_at = '2020-01-01' where id = $1`, [(await announced(w)).id]);
}

export const attachmentExamples: Examples = {
  announceAttachment: async w => ({ input: await file(w), as: w.as('manager'), again: 'each is a file of its own' }),
  completeAttachment: async w => ({ input: await announced(w), as: w.as('manager') }),
  removeAttachment: async w => ({ input: await announced(w), as: w.as('manager') }),
  expireAwaitedFiles: async w => {
    await old(w);
    return { input: {}, as: w.process };
  },
  forgetAwaitedFiles: async w => {
    await old(w);
    return { input: await w.run(expireAwaitedFiles, {}, w.process), as: w.process };
  },
};
