import { povJobKinds } from '../../domain/pov/job/job-kinds.ts';
import { serveBulk } from '../platform/job/jobs.routes.ts';
import type { Served } from '../platform/serve.ts';
import type { Steered } from '../platform/steer.ts';
import { launchSteering } from './launch.process.ts';
import { launches } from './launches.routes.ts';
import { milestones } from './milestones.routes.ts';
import { phaseTemplates } from './phase-templates.routes.ts';
import { phases } from './phases.routes.ts';
import { povSteering } from './pov-lifecycle.process.ts';
import { povKpis } from './pov-kpis.routes.ts';
import { povs } from './povs.routes.ts';
import { featureRequestRoutes, supportRequestRoutes } from './requests.routes.ts';
import { teamMembers } from './team-members.routes.ts';

export const povRoutes: Served[] = [
  ...serveBulk(povJobKinds),
  povs,
  teamMembers,
  phases,
  milestones,
  povKpis,
  launches,
  phaseTemplates,
  featureRequestRoutes,
  supportRequestRoutes,
];
export const povProcesses: Steered[] = [povSteering, launchSteering];
