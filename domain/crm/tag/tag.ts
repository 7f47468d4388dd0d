import { z } from 'zod';
import { line } from '../../platform/field.ts';
import { record } from '../../platform/record.ts';

/** Each has its two tones, one for light and one for dark pages. */
export const tagColors = ['gray', 'blue', 'green', 'amber', 'red', 'purple', 'teal', 'pink'] as const;
export type TagColor = (typeof tagColors)[number];

/** Pages read all of them at once. */
export const tagsMax = 100;

const color = z.enum(tagColors);

/** The colour of a tag, wherever a record has it (CRM-098); tags without one are gray. */
export const tags = record({
  name: 'tag',
  area: 'crm',
  tableName: 'tag',
  path: '/api/tags',
  title: 'name',
  shape: z.object({ name: z.string(), color }),
  create: z.object({
    name: line(100).meta({ title: 'Tag', description: 'As records have it; stays as it is' }),
    color: color.default('gray').meta({ title: 'Colour' }),
  }),
  fields: { name: 'text', color: 'text' },
  defaultSort: 'name',
});
export type Tag = z.output<typeof tags.View>;
