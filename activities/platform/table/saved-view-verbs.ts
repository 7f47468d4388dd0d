import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { SavedView } from '../../../db/platform/table/saved-view.entity.ts';
import { TablePreference } from '../../../db/platform/table/table-preference.entity.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { ById } from '../../../domain/platform/id.ts';
import { CreateSavedView, PatchSavedView, viewsMax } from '../../../domain/platform/table/saved-view.ts';
import { savedViewEvents } from '../../../domain/platform/table/table.contract.ts';
import { lockVersion } from '../lock-version.ts';
import { verb, type VerbContext } from '../verb.ts';
import { lockTables, tableUser } from './table-user.ts';

const needs = 'signed-in';
const output = ById;

/** Keeps a list under a name that the person has not used on this page. */
export const createSavedView = verb(
  { name: 'create-saved-view', needs, input: CreateSavedView, output },
  async (ctx, view) => {
    const userId = tableUser(ctx);
    if (view.shared) ctx.authorize('saved-view:share', {});
    await lockTables(ctx, userId, view.pageType);
    await nameIsFree(ctx, { userId, ...view });
    const row = ctx.em.create(SavedView, { id: ctx.id(), userId, ...view });
    ctx.emit(savedViewEvents.created, told(row));
    return { id: row.id };
  },
);

/** Renames, shares or changes a view of one's own. */
export const updateSavedView = verb(
  { name: 'update-saved-view', needs, input: PatchSavedView.extend({ id: ById.shape.id }), output },
  async (ctx, { id, version, ...change }) => {
    const row = await locked(ctx, id);
    lockVersion(ctx, row, version);
    if (change.shared && !row.shared) ctx.authorize('saved-view:share', {});
    if (change.name !== undefined) {
      await lockTables(ctx, row.userId, row.pageType);
      await nameIsFree(ctx, { ...row, name: change.name });
    }
    Object.assign(row, change);
    ctx.emit(savedViewEvents.changed, told(row));
    return { id };
  },
);

/** Deletes a view of one's own; who opened the page with it opens it plainly. */
export const deleteSavedView = verb(
  { name: 'delete-saved-view', needs, input: ById, output: z.null() },
  async (ctx, { id }) => {
    const row = await locked(ctx, id);
    lockVersion(ctx, row);
    row.deletedAt = new Date(ctx.now);
    for (const preference of await ctx.em.find(TablePreference, { defaultViewId: id })) preference.defaultViewId = null;
    ctx.emit(savedViewEvents.deleted, told(row));
    return null;
  },
);

/** The row for this transaction alone; what is somebody else's is refused where it may be seen, else not there. */
async function locked(ctx: VerbContext, id: string): Promise<SavedView> {
  const userId = tableUser(ctx);
  const row = await ctx.em.findOne(SavedView, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!row || (row.userId !== userId && !row.shared)) throw notFound();
  if (row.userId !== userId) throw new Refusal('forbidden', 'Only its owner changes a view');
  return row;
}

async function nameIsFree(
  { em }: VerbContext, view: { id?: string; userId: string; pageType: string; name: string },
): Promise<void> {
  const { userId, pageType } = view;
  const others = (await em.find(SavedView, { userId, pageType, deletedAt: null })).filter(v => v.id !== view.id);
  if (others.some(v => v.name.toLowerCase() === view.name.toLowerCase()))
    throw new Refusal('conflict', `You have a view ${view.name} already`);
  if (others.length >= viewsMax) throw new Refusal('conflict', `You have ${viewsMax} views here, which is the most`);
}

const told = ({ id: viewId, userId, pageType, name }: SavedView) => ({ viewId, userId, pageType, name });
