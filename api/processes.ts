import { approvalProcesses } from './approvals/index.ts';
import { crmProcesses } from './crm/index.ts';
import { platformProcesses } from './platform/processes.ts';
import { povProcesses } from './pov/index.ts';
import type { Steered } from './platform/steer.ts';

/** Register: the processes that the API can steer, one line per area. */
export const steered: Steered[] = [...platformProcesses, ...approvalProcesses, ...crmProcesses, ...povProcesses];
