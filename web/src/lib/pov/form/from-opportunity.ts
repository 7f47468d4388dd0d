import { opportunities } from '#domain/crm/opportunity.ts';
import { call } from '#lib/platform/client.ts';
import { centsDecimal } from '#lib/platform/amount.ts';
import { dayOf } from '#lib/platform/days.ts';
import type { Option } from '#lib/ui/form/field.ts';
import type { PovValues } from './pov-values.ts';

/** What a POV takes over of an opportunity, and its account to choose from; what it does not say is left as it is. */
export async function fromOpportunity(
  id: string, { timeZone, currency }: { timeZone: string; currency: string },
): Promise<{ values: Partial<PovValues>; account: Option | null }> {
  const o = await call(opportunities.endpoints.read, { params: { id } });
  const [contact] = o.contacts ?? [];
  const account = o.account && !o.account.deleted ? o.account : null;
  return {
    account: account && { value: account.id, label: account.name },
    values: {
      ...(account && { accountId: account.id, customerName: account.name }),
      ...(contact && { customerContact: contact.fullName }),
      ...(o.distributor && { partnerName: o.distributor.name }),
      ...(o.value > 0 && o.currency === currency && { revenue: centsDecimal(o.value).replace(/\.00$/, '') }),
      ...(o.expectedCloseDate && { forecastDate: dayOf(o.expectedCloseDate, timeZone) }),
    },
  };
}
