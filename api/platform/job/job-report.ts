import type { Response } from 'express';
import { csvOf } from '../../../activities/platform/job/write-table.ts';
import { jobErrors } from '../../../db/platform/job/jobs.query.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import { reportColumns } from '../../../domain/platform/job/column-names.ts';
import type { FileFacts, Job } from '../../../domain/platform/job/job.ts';

/**
 * The rows that failed or were left out, as CSV: which one, why, and its cells as they came, under the names of its
 * columns, so that what is mended in it can be imported.
 */
export async function sendReport(
  res: Response, read: Reader, { id: jobId, file }: Pick<Job, 'id'> & { file: Pick<FileFacts, 'columns'> | null },
): Promise<void> {
  res.set({
    'Content-Type': 'text/csv',
    'Content-Disposition': `attachment; filename="failed-rows.csv"`,
    'Cache-Control': 'private, no-store',
  });
  let after: number | null = 0;
  res.write(csvOf([[...reportColumns, ...(file?.columns ?? ['Record'])]], true));
  while (after !== null && !res.destroyed) {
    const { items, next }: Awaited<ReturnType<typeof jobErrors>> = await jobErrors(read, jobId, { after });
    res.write(csvOf(items.map(({ nth, problems, cells }) => [nth, problems.join('; '), ...cells]), false));
    after = next;
  }
  res.end();
}
