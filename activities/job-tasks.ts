import { accountTypeUpdate } from './crm/account-type-update.ts';
import { imageExtraction } from './platform/job/task/extract-images.ts';
import { pdfTask } from './platform/job/task/write-pdf.ts';
import { reportTask } from './platform/job/task/write-report.ts';
import type { JobTask } from './platform/job/job-task.ts';

/** Register: types of jobs with work of their own. */
export const jobTasks: Record<string, JobTask> = {
  account_type_update: accountTypeUpdate, image_extraction: imageExtraction, pdf: pdfTask, report: reportTask,
};
