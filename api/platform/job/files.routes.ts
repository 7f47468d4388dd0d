import { createFile, putFilePart } from '../../../activities/platform/job/stored-file.ts';
import { readFile, readFilePart } from '../../../db/platform/job/jobs.query.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { fileEndpoints } from '../../../domain/platform/job/job.contract.ts';
import { serve } from '../serve.ts';

export const fileRoutes = serve(fileEndpoints, {
  create: ({ run, body }) => run(createFile, body),
  put: async ({ run, params: { id, nth }, body }) => {
    if (nth === null) throw notFound();
    return run(putFilePart, { ...body, id, nth });
  },
  content: async ({ read, actor, params, res }) => {
    const file = await readFile(read, actor, params.id);
    if (!file) throw notFound();
    res.set({
      'Content-Type': file.mediaType,
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'Cache-Control': 'private, no-store',
    });
    let next = await readFilePart(read, params.id, 0);
    while (next && !res.destroyed) {
      if (!res.write(Buffer.from(next.data, 'base64')))
        await new Promise<void>(resolve => {
          res.once('drain', resolve).once('close', resolve);
        });
      next = await readFilePart(read, params.id, next.nth + 1);
    }
    res.end();
  },
});
