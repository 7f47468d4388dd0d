import { Contact } from '../../../db/crm/contact.entity.ts';
import { furtherMax } from '../../../domain/crm/contact.ts';
import { mergedValues } from '../../../domain/crm/duplicate/merge.ts';
import { mergedReach, type MergedContact } from '../../../domain/crm/duplicate/merged-contact.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { countryOf, phonesKept } from '../contact-phones.ts';
import type { Mergeable } from './claim-records.ts';

type Values = Record<string, unknown>;
type Choices = Readonly<Record<string, string>>;

/** What the first of these records holds when it is all of them. */
export async function unitedValues(
  ctx: VerbContext, all: readonly Mergeable[], fields: readonly string[], choices: Choices,
): Promise<Values> {
  const rows: (Values & { id: string })[] = [];
  for (const row of all) rows.push(await ownValues(ctx, row, fields));
  const [own, ...theirs] = rows;
  const after = mergedValues(fields, own!, theirs, choices);
  const people: MergedContact[] = [];
  for (const [at, row] of all.entries())
    if (row instanceof Contact) people.push({ id: row.id, values: rows[at]!, country: await countryOf(ctx, {}, row) });
  if (!people.length) return after;
  const reach = mergedReach(after, people, choices);
  for (const list of ['emails', 'phones']) {
    const many = (reach[list] as unknown[] | null | undefined)?.length ?? 0;
    if (many > furtherMax)
      throw invalidField(`choices/${list}`, `would be ${many}, of at most ${furtherMax}: choose whose are kept`);
  }
  return { ...after, ...reach };
}

/** A row's own values, with the id that choices name. */
export const plain = (row: Mergeable, fields: readonly string[]): Values & { id: string } => {
  const values = row as unknown as Values;
  return { id: row.id, ...Object.fromEntries(fields.map(field => [field, values[field] ?? null])) };
};

/** A number that says no country is one of the contact where it stands, also beside those of another country. */
const ownValues = async (
  ctx: VerbContext, row: Mergeable, fields: readonly string[],
): Promise<Values & { id: string }> => ({
  ...plain(row, fields),
  ...(row instanceof Contact && (await phonesKept(ctx, { phones: row.phones }, row))),
});
