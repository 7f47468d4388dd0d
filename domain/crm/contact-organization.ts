import { z } from 'zod';
import { Day, Instant } from '../platform/clock.ts';
import { endpoint, Nothing } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';
import { PartQuery, partOf } from '../platform/list.ts';
import { optionalText } from './crm-fields.ts';

const text = z.string().nullable();
/** How much a person decides at an organization. */
const Influence = z.int('must be a whole number').min(0, 'must be at least 0').max(100, 'must be at most 100');

/** That a contact belongs to an organization (CRM-T3): to any number of them, to one first of all. */
export const ContactOrganization = z
  .object({
    id: Id, contactId: Id, accountId: Id, accountName: z.string(), accountType: text,
    isPrimary: z.boolean().meta({ description: 'The account of the contact' }),
    role: text, influence: Influence.nullable(), startDate: Day.nullable(), endDate: Day.nullable(), createdAt: Instant,
  })
  .meta({ id: 'ContactOrganization' });
export type ContactOrganization = z.output<typeof ContactOrganization>;

/** A person of an organization, whichever organization is that person's first. */
export const OrganizationContact = z
  .object({
    id: Id, contactId: Id, fullName: z.string(), jobTitle: text, workPhone: text, mobile: text,
    emailAddress: text, isPrimary: z.boolean(),
    isPrimaryContact: z.boolean().meta({ description: 'Whom to turn to first at this organization' }),
    role: text, influence: Influence.nullable(), endDate: Day.nullable(),
  })
  .meta({ id: 'OrganizationContact' });
export type OrganizationContact = z.output<typeof OrganizationContact>;

/** A row of the view `contact_influence_profile` (CRM-053). */
export const InfluenceProfile = z
  .object({
    accountId: Id, accountName: z.string(), isPrimary: z.boolean(), role: text, influence: Influence.nullable(),
    opportunityCount: z.int().meta({ description: 'Opportunities of the account in which the contact has a part' }),
    openValue: z.int().meta({ description: 'In cents, of the open ones among them' }),
    wonValue: z.int().meta({ description: 'In cents, of the won ones among them' }),
  })
  .meta({ id: 'InfluenceProfile' });
export type InfluenceProfile = z.output<typeof InfluenceProfile>;

const about = {
  role: optionalText(100).meta({ title: 'Role', example: 'Head of purchasing' }),
  influence: Influence.nullable().optional().meta({ title: 'Influence', description: '0 to 100' }),
  startDate: Day.nullable().optional().meta({ title: 'From' }),
  endDate: Day.nullable().optional().meta({ title: 'Until' }),
};
export const LinkOrganization = z
  .object({ accountId: Id.meta({ title: 'Organization' }), isPrimary: z.boolean().optional(), ...about })
  .meta({ id: 'LinkOrganization' });
export const ChangeOrganizationLink = z
  .object({ isPrimary: z.literal(true, 'Make another one the primary organization instead').optional(), ...about })
  .meta({ id: 'ChangeOrganizationLink' });

const path = '/api/contacts/:id/organizations';
const Link = z.object({ id: Id, linkId: Id });

export const contactOrganizationEndpoints = {
  list: endpoint({
    method: 'GET', path, needs: 'contact:read', params: ById,
    returns: z.object({ items: z.array(ContactOrganization) }),
    summary: 'The organizations of a contact, the primary one first',
  }),
  link: endpoint({
    method: 'POST', path, needs: 'contact:update', params: ById, body: LinkOrganization, status: 201,
    returns: ContactOrganization, summary: 'Says that a contact belongs to an organization, too',
  }),
  change: endpoint({
    method: 'PATCH', path: `${path}/:linkId`, needs: 'contact:update', params: Link, body: ChangeOrganizationLink,
    returns: ContactOrganization,
    summary: 'Changes what a contact is at an organization, or makes that the primary one',
  }),
  unlink: endpoint({
    method: 'DELETE', path: `${path}/:linkId`, needs: 'contact:update', params: Link, returns: Nothing, status: 204,
    summary: 'Says that a contact no longer belongs to an organization',
  }),
  influence: endpoint({
    method: 'GET', path: '/api/contacts/:id/influence', needs: 'contact:read', params: ById,
    returns: z.object({ items: z.array(InfluenceProfile) }),
    summary: 'What a contact counts for at each of its organizations',
  }),
  people: endpoint({
    method: 'GET', path: '/api/accounts/:id/contacts', needs: 'contact:read', params: ById,
    query: PartQuery, returns: partOf(OrganizationContact),
    summary: 'The contacts of an organization by name, also those whose primary one is another',
  }),
};

interface Span {
  startDate?: string | null | undefined;
  endDate?: string | null | undefined;
}
/** Whether it ends before it starts. */
export const endsBeforeStart = ({ startDate, endDate }: Span): boolean =>
  Boolean(startDate && endDate && endDate < startDate);
