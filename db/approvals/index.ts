import { Decision } from './decision.entity.ts';
import { StandIn } from './stand-in.entity.ts';
import { WorkflowInstance } from './workflow-instance.entity.ts';
import { WorkflowStep } from './workflow-step.entity.ts';

export const approvalEntities = [WorkflowInstance, WorkflowStep, Decision, StandIn];
