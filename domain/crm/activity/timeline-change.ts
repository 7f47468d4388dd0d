import { z } from 'zod';
import { accountCatalog } from '../account-catalog.ts';
import { accounts } from '../account.ts';
import { contactCatalog } from '../contact-catalog.ts';
import { contacts } from '../contact.ts';
import { customKinds } from '../custom/custom-catalog.ts';
import { customName, type CustomField } from '../../platform/custom-field/custom-field.ts';
import type { JsonObject } from '../../platform/field.ts';
import { catalogKinds, wordsIn, type CatalogKind } from '../field-catalog.ts';
import { opportunityCatalog } from '../opportunity-catalog.ts';
import { opportunities } from '../opportunity.ts';

/** Stands where a name is not for the reader. */
export const masked = '•••';

/** One field that was changed, in the words of the field catalog. */
export const TimelineChange = z
  .object({
    field: z.string(),
    label: z.string(),
    kind: z.enum(catalogKinds).meta({ description: 'How its values are to be shown' }),
    from: z.unknown().meta({ description: `Of what is referred to its name; ${masked} where that is not to be read` }),
    to: z.unknown(),
    currency: z.string().optional()
      .meta({ description: 'Of an amount after the change; where it was another before, that is told beside it' }),
  })
  .meta({ id: 'ActivityTimelineChange' });
export type TimelineChange = z.output<typeof TimelineChange>;

export type StorySubject = 'account' | 'contact' | 'opportunity';
const declared = {
  account: [accounts, accountCatalog], contact: [contacts, contactCatalog],
  opportunity: [opportunities, opportunityCatalog],
} as const;

/** Told by lines of their own, made of other fields, or explained elsewhere: the stage, the full name, the score. */
const untold = new Set(['stage', 'stageSince', 'fullName', 'leadScore', 'customFields']);
const stamps = new Set(['id', 'createdAt', 'updatedAt', 'createdBy', 'updatedBy', 'version']);

type Words = Record<string, { label: string; kind: CatalogKind }>;
const wordsFor = (of: StorySubject): Words => {
  const [record, catalog] = declared[of];
  const words = wordsIn(catalog) as Words;
  const told = Object.keys(record.Row.shape).filter(f => f in words && !untold.has(f) && !stamps.has(f));
  return Object.fromEntries(told.map(field => [field, words[field]!]));
};
const words: Record<StorySubject, Words> = {
  account: wordsFor('account'), contact: wordsFor('contact'), opportunity: wordsFor('opportunity'),
};

/** The fields whose changes are told of such a record. */
export const toldFields = (of: StorySubject): string[] => [...Object.keys(words[of]), 'customFields'];

type Values = Record<string, unknown> | null;

/** What of a row of the audit log is told: the fields of the catalog, and custom ones that are in use. */
export function changesTold(
  of: StorySubject, { old, next }: { old: Values; next: Values }, custom: readonly CustomField[],
): TimelineChange[] {
  // A stage brings its probability along.
  const follows = next && 'stage' in next ? 'probability' : null;
  const own = Object.entries(words[of]).filter(([field]) => field in { ...next } && field !== follows)
    .map(([field, { label, kind }]) => ({ field, label, kind, from: old?.[field], to: next?.[field] }));
  const [before, after] = [old, next].map(values => heldIn(values?.['customFields'])) as [JsonObject, JsonObject];
  const theirs = custom.map(({ key, label, type }) =>
    ({ field: customName(key), label, kind: customKinds[type], from: before[key], to: after[key] }));
  return [...own, ...theirs]
    .map(change => ({ ...change, from: shown(change.kind, change.from), to: shown(change.kind, change.to) }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}

/** The log has objects as the text that was written. */
const heldIn = (values: unknown): JsonObject =>
  ((typeof values === 'string' ? JSON.parse(values) : values) ?? {}) as JsonObject;

/** A value as the API has it elsewhere: lists as lists, nothing as null. */
function shown(kind: CatalogKind, value: unknown): unknown {
  if (value === undefined || value === '') return null;
  if (kind === 'typed' && typeof value === 'string') return JSON.parse(value) as unknown;
  return value;
}
