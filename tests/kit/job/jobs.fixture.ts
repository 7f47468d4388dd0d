import type { Job, JobStatus } from '../../../domain/platform/job/job.ts';
import type { Client } from '../client.ts';
import { until } from '../until.ts';

/** A file that is there, in one part. */
export async function uploaded(by: Client, name: string, content: string | Buffer): Promise<string> {
  const bytes = Buffer.from(content as string);
  const { body: file } = await by.post<{ id: string }>('/api/files', { name, size: bytes.length });
  const put = await by.put(`/api/files/${file.id}/parts/0`, { data: bytes.toString('base64') });
  if (put.status !== 200) throw new Error(`No file: ${JSON.stringify(put.body)}`);
  return file.id;
}

export async function newImport(by: Client, record: string, content: string | Buffer, name = 'rows.csv'): Promise<Job> {
  const answer = await by.post<Job>('/api/imports', { record, fileId: await uploaded(by, name, content) });
  if (answer.status !== 201) throw new Error(`No import: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export async function jobIs(by: Client, id: string, ...statuses: JobStatus[]): Promise<Job> {
  let job: Job | undefined;
  await until(`the job is ${statuses.join(' or ')}`, async () => {
    job = (await by.get<Job>(`/api/jobs/${id}`)).body;
    return statuses.includes(job.status);
    // Thousands of rows on a machine that has much else to do.
  }, 120_000);
  return job!;
}

export async function ran(by: Client, job: Job, command: 'check' | 'start' | 'undo' = 'start'): Promise<Job> {
  const answer = await by.post<Job>(`/api/imports/${job.id}/${command}`);
  if (answer.status !== 200) throw new Error(`Not started: ${JSON.stringify(answer.body)}`);
  return jobIs(by, job.id, command === 'check' ? 'draft' : 'completed', 'failed');
}
