import { opportunityVerbs } from '../../activities/crm/opportunity-verbs.ts';
import { log } from '../../activities/platform/log.ts';
import { opportunitySource } from '../../db/crm/opportunity-sources.ts';
import { tenantSettings } from '../../db/platform/tenants.query.ts';
import { dealHeaders, whyDealsGone } from '../../domain/crm/deal/deal-sunset.ts';
import { deals } from '../../domain/crm/facades.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { clockOf } from '../platform/sandbox.routes.ts';
import { serveFacade } from './facade.routes.ts';

/** Opportunities by the name they had: each answer says until when, and then that it is over (CRM-077). */
export const dealRoutes = serveFacade(deals, {
  verbs: opportunityVerbs,
  source: opportunitySource,
  first: async ({ read, req, res, services }) => {
    const [{ dealsSunset }, { now }] = await Promise.all([tenantSettings(read), clockOf(read)]);
    const why = whyDealsGone(dealsSunset, now);
    if (why) throw new Refusal('gone', why);
    res.set(dealHeaders(dealsSunset));
    if (services.config.NODE_ENV !== 'production')
      log.warn({ method: req.method, path: req.path, sunset: dealsSunset }, 'deprecated: use /api/crm/opportunities');
  },
});
