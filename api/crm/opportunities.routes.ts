import { moveOpportunity } from '../../activities/crm/move-opportunity.ts';
import { opportunityBoard } from '../../db/crm/opportunity-board.query.ts';
import { forecast, outcomes, stageStays } from '../../db/crm/opportunity-outlook.query.ts';
import { opportunitySource } from '../../db/crm/opportunity-sources.ts';
import { readableIds, readRecord } from '../../db/platform/record.query.ts';
import { tenantSettings } from '../../db/platform/tenants.query.ts';
import { quartersOf } from '../../domain/crm/forecast/forecast-quarters.ts';
import { opportunityEndpoints } from '../../domain/crm/opportunity.contract.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { outcomesBy, together } from '../../domain/crm/win-loss.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { serve } from '../platform/serve.ts';

export const opportunityRoutes = serve(opportunityEndpoints, {
  board: async ({ read, actor, query }) => ({ columns: await opportunityBoard(read, actor, query) }),
  forecast: async ({ report, read, actor, query }) => {
    const [months, { fiscalYearStart }] = await Promise.all([forecast(report, actor, query), tenantSettings(read)]);
    return { months, quarters: quartersOf(months, fiscalYearStart) };
  },
  winLoss: async ({ report, actor, query }) => {
    const { reason, source, owner, period } = await outcomes(report, actor, query);
    return {
      total: together(owner.map(row => ({ ...row, label: null }))),
      byReason: outcomesBy(reason.filter(row => row.lost > 0).map(row => ({ ...row, won: 0, wonValue: 0 }))),
      bySource: outcomesBy(source), byOwner: outcomesBy(owner),
      byPeriod: outcomesBy(period).sort((a, b) => (a.key ?? '').localeCompare(b.key ?? '')),
    };
  },
  stageHistory: async ({ read, actor, params }) => {
    if (!(await readableIds(read, opportunities, actor, [params.id])).length) throw notFound();
    return { items: await stageStays(read, params.id) };
  },
  move: async ({ run, read, actor, params, body }) => {
    await run(moveOpportunity, { ...body, id: params.id });
    const row = await readRecord(read, { record: opportunities, source: opportunitySource }, actor, params.id);
    if (!row) throw notFound();
    return row;
  },
});
