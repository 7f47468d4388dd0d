import { lookUpCompany } from './enrichment/look-up-company.ts';
import { scoreEveryTenant } from './scoring/score-every-tenant.ts';

/** Register: activities that choose verbs to run; whatever writes is a verb. */
export const crmTasks = { lookUpCompany, scoreEveryTenant };
