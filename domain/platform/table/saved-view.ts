import { z } from 'zod';
import { line } from '../field.ts';
import { Id } from '../id.ts';
import { Version } from '../version.ts';
import { tablePages, TableSettings } from './table-preference.ts';

/** So many views has a person on one page. */
export const viewsMax = 50;

/** A list as somebody keeps it under a name: columns, order, conditions. Of contacts it is a segment (CRM-036). */
export const SavedView = z
  .object({
    id: Id,
    pageType: z.string(),
    name: z.string(),
    shared: z.boolean().meta({ description: 'Everybody of the tenant sees it; only its owner changes it' }),
    owner: z.object({ id: Id, name: z.string() }),
    settings: TableSettings,
    version: z.int(),
  })
  .meta({ id: 'SavedView' });
export type SavedView = z.output<typeof SavedView>;

const shared = z.boolean().meta({ description: 'Needs saved-view:share' });
export const CreateSavedView = z
  .object({ pageType: z.enum(tablePages), name: line(100), shared: shared.default(false), settings: TableSettings })
  .meta({ id: 'CreateSavedView' });
export const PatchSavedView = z
  .object({ name: line(100), shared, settings: TableSettings })
  .partial()
  .extend({ version: Version })
  .meta({ id: 'PatchSavedView' });
