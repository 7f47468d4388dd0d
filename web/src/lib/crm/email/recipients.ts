import { contactOrganizationEndpoints } from '#domain/crm/contact-organization.ts';
import { opportunities } from '#domain/crm/opportunity.ts';
import { call } from '#lib/platform/client.ts';
import type { Option } from '#lib/ui/form/field.ts';
import type { Picker } from '../page/pickers.ts';

/** Whom a mail from an account or an opportunity goes to: its own people first, then all others that fit. */
export function recipientsOf(of: 'account' | 'opportunity', id: string, others: Picker): Picker['load'] {
  let asked: Promise<Option[]> | undefined;
  return async text => {
    const [own, found] = await Promise.all([(asked ??= ownPeople(of, id)), others.load(text)]);
    const fitting = own.filter(person => person.label.toLowerCase().includes(text.toLowerCase()));
    return [...fitting, ...found.filter(person => !fitting.some(one => one.value === person.value))];
  };
}

async function ownPeople(of: 'account' | 'opportunity', id: string): Promise<Option[]> {
  const accountId = of === 'account' ? id : (await call(opportunities.endpoints.read, { params: { id } })).accountId;
  if (!accountId) return [];
  const { items } = await call(contactOrganizationEndpoints.people, { params: { id: accountId } });
  return items.map(person => ({
    value: person.contactId, label: person.fullName, meta: person.emailAddress ?? 'no e-mail address',
  }));
}
