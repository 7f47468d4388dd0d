import { FeatureRequest } from './feature-request.entity.ts';
import { Milestone } from './milestone.entity.ts';
import { PhaseTemplate } from './phase-template.entity.ts';
import { Phase } from './phase.entity.ts';
import { PovActivity } from './pov-activity.entity.ts';
import { PovKpi } from './pov-kpi.entity.ts';
import { PovLaunch } from './pov-launch.entity.ts';
import { Pov } from './pov.entity.ts';
import { SupportRequest } from './support-request.entity.ts';
import { TeamMember } from './team-member.entity.ts';
import { Team } from './team.entity.ts';

export const povEntities = [
  Pov,
  Team,
  TeamMember,
  Phase,
  Milestone,
  PovLaunch,
  PovKpi,
  PhaseTemplate,
  PovActivity,
  FeatureRequest,
  SupportRequest,
];
