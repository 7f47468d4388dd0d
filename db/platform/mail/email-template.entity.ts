import { defineEntity, p } from '@mikro-orm/core';
import type { MailableEvent } from '../../../domain/platform/notification/mail-preference.ts';
import { owned, tenantOwned } from '../columns.ts';

/** CRM-093. A name is used once in a tenant, and a notification has one text: indexes in the migration. */
const EmailTemplateSchema = defineEntity({
  name: 'EmailTemplate',
  tableName: 'email_template',
  properties: {
    ...owned(),
    name: p.string().length(200),
    subject: p.string().length(300),
    body: p.text(),
    notification: p.string().$type<MailableEvent | null>().length(100).nullable(),
    active: p.boolean().default(true),
  },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }],
  ...tenantOwned,
});
export class EmailTemplate extends EmailTemplateSchema.class {}
EmailTemplateSchema.setClass(EmailTemplate);
