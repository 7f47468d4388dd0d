import { defineEntity, p } from '@mikro-orm/core';
import { contactStatuses, type ContactStatus, type TypedValue } from '../../domain/crm/contact.ts';
import type { ScoreReason } from '../../domain/crm/scoring/score.ts';
import type { JsonObject } from '../../domain/platform/field.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

const text = (length: number) => p.string().length(length).nullable();

/**
 * CRM-T2, with the indexes of CRM-040. An address is used once in a tenant, whatever its case, and one contact of an
 * account is the primary one: indexes in the migration.
 */
const ContactSchema = defineEntity({
  name: 'Contact',
  tableName: 'contact',
  properties: {
    ...owned(),
    accountId: p.uuid().$type<string | null>().nullable(),
    suffix: text(10),
    firstName: p.string().length(100),
    lastName: p.string().length(100),
    fullName: p.string().length(255),
    jobTitle: text(100),
    department: text(100),
    workPhone: text(20),
    extension: text(10),
    mobile: text(20),
    emailAddress: text(255),
    emails: p.json<TypedValue[]>().nullable(),
    phones: p.json<TypedValue[]>().nullable(),
    isPrimary: p.boolean().default(false),
    addressLine1: text(255),
    addressLine2: text(255),
    city: text(100),
    state: text(100),
    postalCode: text(20),
    country: text(100),
    source: text(100),
    leadScore: p.integer().default(0),
    /** Why it is that, kept with it. */
    scoreReasons: p.json<ScoreReason[]>().nullable(),
    status: p.string().$type<ContactStatus>().length(20).default('lead'),
    tags: p.array<string>().columnType('text[]').default([]),
    active: p.boolean().default(true),
    description: p.text().nullable(),
    opportunityId: p.uuid().$type<string | null>().nullable(),
    customFields: p.json<JsonObject>().nullable(),
    mergedIntoId: p.uuid().$type<string | null>().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    // With its id, so that whose contacts somebody sees is told by the index alone.
    { properties: ['tenantId', 'accountId', 'id'] },
    { properties: ['tenantId', 'fullName'] },
    { properties: ['tenantId', 'emailAddress'] },
    { properties: ['tenantId', 'status', 'createdAt', 'id'] },
    { properties: ['tenantId', 'leadScore'] },
    { properties: ['tenantId', 'deletedAt'] },
    { properties: ['tenantId', 'mergedIntoId'] },
    { properties: ['tenantId', 'createdBy'] },
    { properties: ['tenantId', 'opportunityId'] },
  ],
  checks: [{ name: 'contact_status_check', expression: oneOf('status', contactStatuses) }],
  ...tenantOwned,
});
export class Contact extends ContactSchema.class {}
ContactSchema.setClass(Contact);
