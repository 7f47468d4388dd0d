import { z } from 'zod';
import { SavedView } from '../../../db/platform/table/saved-view.entity.ts';
import { TablePreference } from '../../../db/platform/table/table-preference.entity.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { SaveTablePreference, tablePages } from '../../../domain/platform/table/table-preference.ts';
import { tablePreferenceKept } from '../../../domain/platform/table/table.contract.ts';
import { verb } from '../verb.ts';
import { lockTables, tableUser } from './table-user.ts';

/** Keeps how the actor arranged the table of a page: one row for a person and a page, whoever comes first (CRM-106). */
export const keepTablePreference = verb(
  {
    name: 'keep-table-preference',
    needs: 'signed-in',
    input: SaveTablePreference.extend({ pageType: z.enum(tablePages) }),
    output: z.object({ id: z.uuid() }),
  },
  async (ctx, { pageType, defaultViewId, ...settings }) => {
    const userId = tableUser(ctx);
    const { em, emit } = ctx;
    await lockTables(ctx, userId, pageType);
    if (defaultViewId) {
      const view = await em.findOne(SavedView, { id: defaultViewId, pageType, deletedAt: null });
      const seen = view && (view.shared || view.userId === userId);
      if (!seen) throw invalidField('defaultViewId', 'There is no such view');
    }
    const kept = await em.findOne(TablePreference, { userId, pageType });
    const fields = { ...settings, ...(defaultViewId === undefined ? {} : { defaultViewId }) };
    const row = kept ?? em.create(TablePreference, { id: ctx.id(), userId, pageType, ...fields });
    if (kept) Object.assign(kept, fields);
    emit(tablePreferenceKept, { userId, pageType, preferenceId: row.id });
    return { id: row.id };
  },
);
