import { invalidField } from '../domain/platform/errors.ts';
import { crmJobRecords } from './crm/job-records.ts';
import { inventoryJobRecords } from './inventory/job-records.ts';
import type { JobRecord } from './platform/job/job-record.ts';
import { povJobRecords } from './pov/job-records.ts';

/** Register: the records that jobs work on, one line per area. */
export const jobRecords: Record<string, JobRecord> = { ...crmJobRecords, ...inventoryJobRecords, ...povJobRecords };

/** The one of that name, or a refusal of the field that named it. */
export function jobRecordNamed(name: string): JobRecord {
  const found = Object.hasOwn(jobRecords, name) ? jobRecords[name] : undefined;
  if (!found) throw invalidField('record', `must be one of ${Object.keys(jobRecords).join(', ')}`);
  return found;
}
