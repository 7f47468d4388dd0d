import { z } from 'zod';
import { Refusal } from '../../../../domain/platform/errors.ts';
import { Id } from '../../../../domain/platform/id.ts';
import { verb } from '../../verb.ts';
import { OfJob } from '../ask-job.ts';
import type { JobTask } from '../job-task.ts';
import { jobAtWork, More } from '../row-work.ts';
import { bytesOf, completeFile } from '../stored-file.ts';
import { imagesIn } from './images-in.ts';
import { settled, writtenFile } from './task-rows.ts';

const Payload = z.object({ fileId: Id.meta({ description: 'An uploaded PDF, or office file such as XLSX or DOCX' }) });

/** Keeps each picture of an uploaded file as a file of its own. */
export const extractImages = verb(
  { name: 'extract-images', needs: 'import:create', input: OfJob, output: More },
  async (ctx, { jobId }) => {
    const job = await jobAtWork(ctx, jobId);
    if (!job) return { more: false };
    const { fileId } = job.params as z.output<typeof Payload>;
    const files: { id: string; name: string; size: number }[] = [];
    for (const picture of imagesIn(await bytesOf(ctx, fileId)))
      files.push({ id: await writtenFile(ctx, picture), name: picture.name, size: picture.bytes.length });
    return settled(ctx, job, { done: files.length, result: { files } });
  },
);

export const imageExtraction: JobTask<typeof Payload> = {
  needs: 'import:create',
  payload: Payload,
  about: async (ctx, { fileId }) => {
    const { file } = await inPayload(() => completeFile(ctx, fileId));
    return { title: `Pictures in ${file.name}`, record: 'file' };
  },
  work: extractImages,
};

async function inPayload<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    const message = e.details.fields?.[0]?.message ?? 'There is no such file';
    throw new Refusal('invalid', 'Validation failed', {
      fields: [{ pointer: '/payload/fileId', code: 'invalid', message }],
    });
  }
}
