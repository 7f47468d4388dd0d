import { featureRequests } from '../../domain/pov/request/feature-request.ts';
import { supportRequests } from '../../domain/pov/request/support-request.ts';
import { recordReaders } from '../platform/record.routes.ts';

/** Requests that belong to no POV: their stories are their own. */
export const requestStory = recordReaders(featureRequests, supportRequests);
