import { z } from 'zod';
import { endpoint, event, Nothing } from '../contract.ts';
import { ById, Id } from '../id.ts';
import { grant, type PermissionGrid } from '../permission.ts';
import { CreateSavedView, PatchSavedView, SavedView } from './saved-view.ts';
import { SaveTablePreference, TablePreference } from './table-preference.ts';

const OfPage = z.object({ pageType: z.string().regex(/^[a-z0-9-]{1,50}$/).meta({ example: 'accounts' }) });
const ofPage = { path: '/api/table-preferences/:pageType', needs: 'signed-in', params: OfPage } as const;
const save = { body: SaveTablePreference, returns: z.object({ data: TablePreference }) };

/** How somebody arranged the table of a page: everybody has their own (CRM-106, 108). */
export const tablePreferenceEndpoints = {
  read: endpoint({
    ...{ method: 'GET', ...ofPage, returns: z.object({ data: TablePreference.nullable() }) },
    summary: 'My columns, order and conditions on a list page; null where I changed nothing',
  }),
  save: endpoint({ method: 'POST', ...ofPage, ...save, summary: 'Keep my columns, order and conditions' }),
  replace: endpoint({ method: 'PUT', ...ofPage, ...save, summary: 'Keep my columns, order and conditions, as POST' }),
};

const path = '/api/saved-views';
const one = { path: `${path}/:id`, needs: 'signed-in', params: ById } as const;
export const savedViewEndpoints = {
  list: endpoint({
    method: 'GET', path, needs: 'signed-in',
    query: z.object({ pageType: z.string().max(50).optional().meta({ example: 'accounts' }) }),
    returns: z.object({ items: z.array(SavedView) }),
    summary: 'My saved views, and those that are shared, by name',
  }),
  create: endpoint({
    method: 'POST', path, needs: 'signed-in', body: CreateSavedView, status: 201, returns: SavedView,
    summary: 'Keep a list under a name',
  }),
  update: endpoint({
    ...{ method: 'PATCH', ...one, body: PatchSavedView, returns: SavedView },
    summary: 'Rename, share or change one of my views',
  }),
  remove: endpoint({
    ...{ method: 'DELETE', ...one, returns: Nothing, status: 204 },
    summary: 'Delete one of my views',
  }),
};

const happened = { userId: Id, pageType: z.string() };
/** Only its owner hears of it. */
export const tablePreferenceKept = event({
  name: 'platform.table-preference.kept',
  payload: z.object({ ...happened, preferenceId: Id }),
  entity: p => p.preferenceId,
  concerns: p => [p.userId],
  says: p => `arranged the table of ${p.pageType}`,
});
const viewEvent = (verb: 'created' | 'changed' | 'deleted') =>
  event({
    name: `platform.saved-view.${verb}`,
    payload: z.object({ ...happened, viewId: Id, name: z.string() }),
    entity: p => p.viewId,
    concerns: p => [p.userId],
    says: p => `${verb} the view ${p.name} of ${p.pageType}`,
  });
export const savedViewEvents = {
  created: viewEvent('created'),
  changed: viewEvent('changed'),
  deleted: viewEvent('deleted'),
};

export const savedViewPermissions = { 'saved-view': { share: grant.managers } } satisfies PermissionGrid;
