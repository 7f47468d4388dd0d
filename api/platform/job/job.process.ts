import { createExport } from '../../../activities/platform/job/export-rows.ts';
import { sql } from '../../../db/platform/sql.ts';
import { jobProcess } from '../../../domain/platform/job/job.contract.ts';
import { steer } from '../steer.ts';

export const jobSteering = steer(jobProcess, {
  start: async ({ run, body }) => ({ entityId: (await run(createExport, body)).jobId }),
  signals: {},
  visible: actor => sql`exists (select 1 from job j where j.id = p.entity_id and j.created_by = ${actor.userId}::uuid)`,
});
