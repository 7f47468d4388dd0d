import {
  changeOrganizationLink, linkOrganization, unlinkOrganization,
} from '../../activities/crm/organization-verbs.ts';
import { influenceOf, organizationsOf, peopleOf } from '../../db/crm/contact-organization.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import { readableIds } from '../../db/platform/record.query.ts';
import { accounts } from '../../domain/crm/account.ts';
import { contactOrganizationEndpoints, type ContactOrganization } from '../../domain/crm/contact-organization.ts';
import { contacts } from '../../domain/crm/contact.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { notFound } from '../../domain/platform/errors.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { serve } from '../platform/serve.ts';

const seen = async (read: Reader, record: AnyRecord, actor: Actor, id: string): Promise<void> => {
  if (!(await readableIds(read, record, actor, [id])).length) throw notFound();
};
const shown = async (read: Reader, actor: Actor, contactId: string, linkId: string): Promise<ContactOrganization> => {
  const [link] = await organizationsOf(read, actor, contactId, linkId);
  if (!link) throw notFound();
  return link;
};

export const contactOrganizationRoutes = serve(contactOrganizationEndpoints, {
  list: async ({ read, actor, params }) => {
    await seen(read, contacts, actor, params.id);
    return { items: await organizationsOf(read, actor, params.id) };
  },
  link: async ({ run, read, actor, params, body }) => {
    const { id } = await run(linkOrganization, { contactId: params.id, ...body });
    return shown(read, actor, params.id, id);
  },
  change: async ({ run, read, actor, params, body }) => {
    const { id } = await run(changeOrganizationLink, { contactId: params.id, linkId: params.linkId, ...body });
    return shown(read, actor, params.id, id);
  },
  unlink: async ({ run, params }) => {
    await run(unlinkOrganization, { contactId: params.id, linkId: params.linkId });
    return {};
  },
  influence: async ({ read, actor, params }) => {
    await seen(read, contacts, actor, params.id);
    return { items: await influenceOf(read, actor, params.id) };
  },
  people: async ({ read, actor, params, query }) => {
    await seen(read, accounts, actor, params.id);
    return peopleOf(read, actor, params.id, query);
  },
});
