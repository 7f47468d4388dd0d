import { Group } from '../../../db/crm/group/group.entity.ts';
import { groups } from '../../../domain/crm/group/group.ts';
import { recordVerbs } from '../../platform/record/record-verbs.ts';

export const groupVerbs = recordVerbs(groups, Group);
