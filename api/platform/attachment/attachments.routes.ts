import {
  announceAttachment, completeAttachment, removeAttachment,
} from '../../../activities/platform/attachment/attachment-verbs.ts';
import { log } from '../../../activities/platform/log.ts';
import { keyOf } from '../../../activities/platform/storage/storage.ts';
import { attachmentById, attachmentsOf, type KeptFile } from '../../../db/platform/attachment/attachments.query.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import { mayRead } from '../../../db/platform/search/search.query.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { attachmentEndpoints } from '../../../domain/platform/attachment/attachment.contract.ts';
import type { AttachmentSubject } from '../../../domain/platform/attachment/attachment.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { searched } from '../../searched.ts';
import { serve } from '../serve.ts';

async function proveReadable(read: Reader, actor: Actor, subject: AttachmentSubject, id: string): Promise<void> {
  if (!(await mayRead(read, searched.find(s => s.type === subject)!, actor, id))) throw notFound();
}
async function seen(read: Reader, actor: Actor, id: string): Promise<KeptFile> {
  const file = await attachmentById(read, id);
  if (!file) throw notFound();
  await proveReadable(read, actor, file.subject, file.subjectId);
  return file;
}
const shown = ({ subject: _, subjectId: __, state: ___, ...file }: KeptFile) => file;

export const attachmentRoutes = serve(attachmentEndpoints, {
  list: async ({ read, actor, params, query }) => {
    await proveReadable(read, actor, params.subject, params.subjectId);
    return attachmentsOf(read, params, query);
  },
  announce: async ({ run, actor, body, services }) => {
    const sizeMax = services.config.FILE_SIZE_MAX_MB * 1_048_576;
    const { id } = await run(announceAttachment, { ...body, sizeMax });
    return { id, upload: await services.storage.upload(keyOf(actor.tenantId, id), body) };
  },
  complete: async ({ run, read, actor, params: { id }, services }) => {
    const file = await seen(read, actor, id);
    const size = file.state === 'stored' ? file.size : await services.storage.sizeOf(keyOf(actor.tenantId, id));
    if (size !== file.size)
      throw new Refusal('conflict', size === null ? 'The file has not arrived' : `Has ${size} of ${file.size} bytes`);
    await run(completeAttachment, { id });
    return shown(await seen(read, actor, id));
  },
  content: async ({ read, actor, params: { id }, services, res }) => {
    const file = await seen(read, actor, id);
    if (file.state !== 'stored') throw notFound();
    const url = await services.storage.download(keyOf(actor.tenantId, id), file);
    res.set('Cache-Control', 'private, no-store').redirect(303, url);
  },
  remove: async ({ run, actor, params: { id }, services }) => {
    await run(removeAttachment, { id });
    // Nobody can reach the bytes any more: that some stay behind is for the log.
    await services.storage.remove(keyOf(actor.tenantId, id)).catch((error: unknown) => {
      log.warn({ attachmentId: id, error }, 'the bytes of a deleted file stayed behind');
    });
    return {};
  },
});
