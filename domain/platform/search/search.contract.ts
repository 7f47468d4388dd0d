import { z } from 'zod';
import { endpoint } from '../contract.ts';
import { Id } from '../id.ts';

/** What the one search looks through, in the order in which finds are shown. */
export const searchTypes = [
  'account', 'contact', 'opportunity', 'pov', 'product', 'task', 'ticket',
  'interaction', 'group', 'warehouse', 'email-template', 'comment', 'file',
] as const;
export type SearchType = (typeof searchTypes)[number];

const isType = (word: string): word is SearchType => (searchTypes as readonly string[]).includes(word);
const Types = z
  .string()
  .max(400)
  .transform(text => text.split(',').map(word => word.trim()).filter(Boolean))
  .refine(words => words.every(isType), `must be some of ${searchTypes.join(', ')}`)
  .transform(words => words.filter(isType));

export const SearchFind = z
  .object({
    id: Id,
    title: z.string(),
    hint: z.string().nullable().meta({ description: 'What tells it from others of the same name' }),
    snippet: z.string().nullable().meta({ description: 'Where the words stand, if not in the title' }),
    of: z.object({ type: z.string(), id: Id }).nullable()
      .meta({ description: 'Of a comment or a file: the record that it belongs to' }),
  })
  .meta({ id: 'SearchFind' });
export type SearchFind = z.output<typeof SearchFind>;

export const SearchGroup = z
  .object({
    type: z.enum(searchTypes),
    finds: z.array(SearchFind),
    more: z.boolean().meta({ description: 'There are more of this type' }),
  })
  .meta({ id: 'SearchGroup' });
export type SearchGroup = z.output<typeof SearchGroup>;

/** One box over all records that the reader may see (CRM-120). */
export const searchEndpoints = {
  search: endpoint({
    method: 'GET', path: '/api/search', needs: 'signed-in',
    query: z.object({
      q: z.string().trim().max(200).default('').meta({ description: 'Words, parts of them, part of a phone number' }),
      types: Types.optional().meta({ description: 'Only these, by comma', example: 'account,contact' }),
      limit: z.coerce.number('must be a whole number').int('must be a whole number').min(1).max(50).default(6)
        .meta({ description: 'Finds of each type' }),
    }),
    returns: z.object({ groups: z.array(SearchGroup) }),
    summary: 'Records of any type by their words; accents, case and small slips do not matter',
  }),
};
