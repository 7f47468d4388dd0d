import { FeatureRequest } from '../../../db/pov/feature-request.entity.ts';
import { featureRequests } from '../../../domain/pov/request/feature-request.ts';
import { recordVerbs } from '../../platform/record/record-verbs.ts';

export const featureRequestVerbs = recordVerbs(featureRequests, FeatureRequest);
