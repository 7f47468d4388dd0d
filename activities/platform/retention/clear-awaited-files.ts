import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Attachment } from '../../../db/platform/attachment/attachment.entity.ts';
import { Id } from '../../../domain/platform/id.ts';
import { verb } from '../verb.ts';
import { dayMs } from './batch.ts';

/** Files of one batch: the bytes of each are removed by a request of its own. */
export const filesMax = 100;
const FileIds = z.object({ ids: z.array(Id).max(filesMax) });
const locked = { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE } as const;

/**
 * Takes back files that were announced more than a day ago and never completed: nobody can complete them from then on,
 * so that their bytes can go. Those that a run before this one did not come to the end with are among them.
 */
export const expireAwaitedFiles = verb(
  { name: 'expire-awaited-files', needs: 'process', input: z.object({}), output: FileIds },
  async ({ em, now }) => {
    const files = await em.find(
      Attachment,
      { state: 'awaited', createdAt: { $lt: new Date(now - dayMs) } },
      { ...locked, orderBy: { createdAt: 'asc', id: 'asc' }, limit: filesMax },
    );
    for (const file of files) file.deletedAt ??= new Date(now);
    return { ids: files.map(file => file.id) };
  },
);

/** Their bytes are gone: the rows go too. */
export const forgetAwaitedFiles = verb(
  { name: 'forget-awaited-files', needs: 'process', input: FileIds, output: z.null() },
  async ({ em }, { ids }) => {
    const files = await em.find(Attachment, { id: { $in: ids }, state: 'awaited', deletedAt: { $ne: null } }, locked);
    for (const file of files) em.remove(file);
    return null;
  },
);
