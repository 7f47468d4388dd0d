import { featureRequestVerbs } from '../../activities/pov/request/feature-request-verbs.ts';
import { supportRequestVerbs } from '../../activities/pov/request/support-request-verbs.ts';
import { featureRequests } from '../../domain/pov/request/feature-request.ts';
import { supportRequests } from '../../domain/pov/request/support-request.ts';
import { serveRecord } from '../platform/record.routes.ts';

export const featureRequestRoutes = serveRecord(featureRequests, featureRequestVerbs);
export const supportRequestRoutes = serveRecord(supportRequests, supportRequestVerbs);
