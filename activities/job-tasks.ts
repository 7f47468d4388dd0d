import { accountTypeUpdate } from './crm/account-type-update.ts';
import type { JobTask } from './platform/job/job-task.ts';

/** Register: types of jobs with work of their own. */
export const jobTasks: Record<string, JobTask> = { account_type_update: accountTypeUpdate };
