import { keepTablePreference } from '../../activities/platform/table/keep-table-preference.ts';
import { createSavedView, deleteSavedView, updateSavedView } from '../../activities/platform/table/saved-view-verbs.ts';
import { savedViewsOf, tablePreferenceOf } from '../../db/platform/table/tables.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { notFound } from '../../domain/platform/errors.ts';
import type { SavedView } from '../../domain/platform/table/saved-view.ts';
import {
  isTablePage, type SaveTablePreference, type TablePage, type TablePreference,
} from '../../domain/platform/table/table-preference.ts';
import { savedViewEndpoints, tablePreferenceEndpoints } from '../../domain/platform/table/table.contract.ts';
import type { z } from 'zod';
import { serve, type HandlerArgs } from './serve.ts';

const pageOf = ({ pageType }: { pageType: string }): TablePage => {
  if (!isTablePage(pageType)) throw notFound();
  return pageType;
};

async function save({ params, body, run, read, actor }: Pick<HandlerArgs, 'run' | 'read' | 'actor'> & {
  params: { pageType: string };
  body: z.output<typeof SaveTablePreference>;
}): Promise<{ data: TablePreference }> {
  const pageType = pageOf(params);
  await run(keepTablePreference, { ...body, pageType });
  return { data: (await tablePreferenceOf(read, actor.userId, pageType))! };
}

export const tablePreferenceRoutes = serve(tablePreferenceEndpoints, {
  read: async ({ params, read, actor }) => ({
    data: (await tablePreferenceOf(read, actor.userId, pageOf(params))) ?? null,
  }),
  save,
  replace: save,
});

const viewOf = async (read: Reader, actor: Actor, id: string): Promise<SavedView> => {
  const [view] = await savedViewsOf(read, actor.userId, { id });
  if (!view) throw notFound();
  return view;
};

export const savedViewRoutes = serve(savedViewEndpoints, {
  list: async ({ query, read, actor }) => ({ items: await savedViewsOf(read, actor.userId, query) }),
  create: async ({ body, run, read, actor }) => viewOf(read, actor, (await run(createSavedView, body)).id),
  update: async ({ params, body, run, read, actor }) => {
    await run(updateSavedView, { ...body, ...params });
    return viewOf(read, actor, params.id);
  },
  remove: async ({ params, run }) => {
    await run(deleteSavedView, params);
    return {};
  },
});
