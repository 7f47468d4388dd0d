import { randomUUID } from 'node:crypto';
import { zipSync } from 'fflate';
import { accountVerbs } from '../../../activities/crm/account-verbs.ts';
import { seedAccountTypes } from '../../../activities/crm/seed-account-types.ts';
import { askJob } from '../../../activities/platform/job/ask-job.ts';
import { createBulk } from '../../../activities/platform/job/create-bulk.ts';
import { createJob } from '../../../activities/platform/job/create-job.ts';
import { createImport } from '../../../activities/platform/job/create-import.ts';
import { createExport } from '../../../activities/platform/job/export-rows.ts';
import { importRows, stageImport } from '../../../activities/platform/job/import-rows.ts';
import { createFile, putFilePart } from '../../../activities/platform/job/stored-file.ts';
import type { Example, Examples, World } from '../verb-world.ts';

const by = (w: World, input: unknown): Example => ({ input, as: w.as('manager') });
const text = (): Buffer => Buffer.from(`accountName,accountType\nExample ${randomUUID()},Customer\n`);
const announced = async (w: World): Promise<string> =>
  (await w.run(createFile, { name: 'a.csv', size: text().length })).id;
const part = async (w: World) => ({ id: await announced(w), nth: 0, data: text().toString('base64') });
const upload = async (w: World): Promise<string> => (await w.run(putFilePart, await part(w))).id;
const draft = async (w: World): Promise<string> =>
  (await w.run(createImport, { record: 'account', fileId: await upload(w) })).jobId;
const started = async (w: World): Promise<string> => {
  await w.run(seedAccountTypes, {}, w.process);
  return (await w.run(askJob, { jobId: await draft(w), command: 'start' })).jobId;
};
const tried = async (w: World): Promise<string> => {
  await w.run(seedAccountTypes, {}, w.process);
  const { jobId } = await w.run(askJob, { jobId: await draft(w), command: 'check' });
  await w.run(stageImport, { jobId });
  while ((await w.run(importRows, { jobId })).more);
  return jobId;
};
const exported = async (w: World): Promise<string> =>
  (await w.run(createExport, { record: 'account', format: 'csv' })).jobId;
const bulk = async (w: World) => {
  await w.run(seedAccountTypes, {}, w.process);
  const { id } = await w.run(accountVerbs.create, { accountName: 'Example', accountType: 'Customer' });
  return { record: 'account', action: 'delete' as const, ids: [id as string] };
};

export const jobExamples: Examples = {
  createFile: async w => by(w, { name: 'a.csv', size: 10 }),
  putFilePart: async w => by(w, await part(w)),
  createImport: async w => by(w, { record: 'account', fileId: await upload(w) }),
  mapImport: async w =>
    by(w, {
      id: await draft(w),
      mapping: { header: true, columns: ['accountName', null], keys: [], onMatch: 'create' },
    }),
  correctImport: async w => by(w, { id: await tried(w), cells: [{ nth: 2, at: 0, text: 'Corrected' }] }),
  createExport: async w => by(w, { record: 'contact', format: 'xlsx' }),
  createBulk: async w => by(w, await bulk(w)),
  createJob: async w => by(w, { type: 'export', payload: { record: 'account', format: 'csv' } }),
  takeUpJob: async w => ({ input: { jobId: await exported(w) }, as: w.process }),
  failAttempt: async w => ({ input: { jobId: await exported(w), problem: 'No' }, as: w.process }),
  processJobs: async w => {
    await exported(w);
    return by(w, {});
  },
  writePdf: async w => by(w, await w.run(createJob, { type: 'pdf', payload: { record: 'account' } })),
  writeReport: async w => by(w, await w.run(createJob, {
    type: 'report', payload: { record: 'account', groupBy: 'industry', format: 'csv' },
  })),
  extractImages: async w => {
    const bytes = zipSync({ 'xl/media/image1.png': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') });
    const { id } = await w.run(createFile, { name: 'a.xlsx', size: bytes.length });
    await w.run(putFilePart, { id, nth: 0, data: Buffer.from(bytes).toString('base64') });
    return by(w, await w.run(createJob, { type: 'image_extraction', payload: { fileId: id } }));
  },
  updateAccountType: async w => {
    await w.run(seedAccountTypes, {}, w.process);
    const { id } = await w.run(accountVerbs.create, { accountName: 'Example', accountType: 'Customer' });
    const payload = { accountId: id, accountType: 'Vendor' };
    return by(w, await w.run(createJob, { type: 'account_type_update', payload }));
  },
  askJob: async w => by(w, { jobId: await draft(w), command: 'cancel' }),
  settleJob: async w => ({ input: { jobId: await exported(w), problem: null }, as: w.process }),
  lookAtJob: async w => ({ input: { entityId: await exported(w) }, as: w.process }),
  stageImport: async w => by(w, { jobId: await started(w) }),
  importRows: async w => {
    const jobId = await started(w);
    await w.run(stageImport, { jobId });
    return by(w, { jobId });
  },
  exportRows: async w => by(w, { jobId: await exported(w), from: 0, rows: 1, data: 'YQ==', cursor: null }),
  bulkRows: async w => by(w, await w.run(createBulk, await bulk(w))),
};
