import { SupportRequest } from '../../../db/pov/support-request.entity.ts';
import { supportRequests } from '../../../domain/pov/request/support-request.ts';
import { recordVerbs } from '../../platform/record/record-verbs.ts';

export const supportRequestVerbs = recordVerbs(supportRequests, SupportRequest);
