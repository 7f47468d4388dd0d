import { createWebhook } from '../../../activities/platform/webhook/keep-webhook.ts';
import { giveUpMessage } from '../../../activities/platform/webhook/note-try.ts';
import { testWebhook } from '../../../activities/platform/webhook/send-message.ts';
import type { Examples, World } from '../verb-world.ts';

const fields = { url: 'https://example.com/hook', events: ['pov.*'], active: true, secretCipher: 'v1.x' };
const webhook = async (w: World): Promise<string> => (await w.run(createWebhook, fields, w.as('admin'))).id;
const message = async (w: World): Promise<string> =>
  (await w.run(testWebhook, { id: await webhook(w) }, w.as('admin'))).messageId;

export const webhookExamples: Examples = {
  createWebhook: async w => ({ input: fields, as: w.as('admin'), again: 'each is a webhook of its own' }),
  patchWebhook: async w => ({ input: { id: await webhook(w), fields: { active: false } }, as: w.as('admin') }),
  removeWebhook: async w => ({ input: { id: await webhook(w) }, as: w.as('admin') }),
  testWebhook: async w => ({
    input: { id: await webhook(w) }, as: w.as('admin'), again: 'each is a test of its own',
  }),
  redeliverWebhook: async w => {
    const messageId = await message(w);
    await w.run(giveUpMessage, { messageId }, w.process);
    return { input: { messageId }, as: w.as('admin') };
  },
  beginTry: async w => ({ input: { messageId: await message(w) }, as: w.process }),
  noteTry: async w => ({
    input: {
      messageId: await message(w), attempt: 1, taken: false, gone: false, statusCode: 503, problem: 'Busy',
      durationMs: 5,
    },
    as: w.process,
  }),
  noteHeard: async w => ({ input: { messageId: await message(w) }, as: w.process }),
  giveUpMessage: async w => ({ input: { messageId: await message(w) }, as: w.process }),
  clearWebhookLog: async w => {
    const messageId = await message(w);
    await w.run(giveUpMessage, { messageId }, w.process);
    await w.row(`update webhook_message set created_at = $1, updated_at = $1 where id = $2`, ['2020-01-01', messageId]);
    return { input: {}, as: w.process };
  },
};
