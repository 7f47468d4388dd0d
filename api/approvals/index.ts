import { standInVerbs } from '../../activities/approvals/stand-in-verbs.ts';
import { sourceOf, userName } from '../../db/platform/record-people.ts';
import { standIns } from '../../domain/approvals/stand-in.ts';
import { recordReaders, serveRecord } from '../platform/record.routes.ts';
import type { Served } from '../platform/serve.ts';
import type { Steered } from '../platform/steer.ts';
import { approvalSteering } from './approval.process.ts';
import { instances } from './instances.routes.ts';

export const approvalRoutes: Served[] = [
  instances,
  serveRecord(
    standIns, standInVerbs, sourceOf({ userName: userName('user_id'), standInName: userName('stand_in_id') }),
  ),
];
/** Both of them hear of it. */
export const standInStory = recordReaders(standIns);
export const approvalProcesses: Steered[] = [approvalSteering];
