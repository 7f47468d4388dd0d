import { userEndpoints } from '#domain/platform/identity/user.contract.ts';
import type { Option } from '#lib/ui/form/field.ts';
import { call } from '../client.ts';
import { apart, readingAll } from '../query.ts';

/** People of the workspace whose names hold the text; `whyNot` says why one of them cannot be chosen. */
export async function peopleNamed(text: string, whyNot?: (userId: string) => string | null): Promise<Option[]> {
  const { items } = await call(userEndpoints.people, { query: { q: text || undefined, pageSize: 50 } });
  return items.map(p => ({ value: p.id, label: p.name, person: true, reason: whyNot?.(p.id) ?? null }));
}

/** All people of the workspace, to choose from: read anew after five minutes, and where users are changed at once. */
export const readingPeople = () => ({ ...readingAll(userEndpoints.people), staleTime: 300_000, meta: apart });
