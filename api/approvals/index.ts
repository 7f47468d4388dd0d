import type { Served } from '../platform/serve.ts';
import type { Steered } from '../platform/steer.ts';
import { approvalSteering } from './approval.process.ts';
import { instances } from './instances.routes.ts';

export const approvalRoutes: Served[] = [instances];
export const approvalProcesses: Steered[] = [approvalSteering];
