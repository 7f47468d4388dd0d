import { defineEntity, p } from '@mikro-orm/core';
import { mailStates, type MailState } from '../../domain/platform/mail.ts';
import { channels, type ChannelName } from '../../domain/platform/notification/channel.ts';
import { oneOf, owned, tenantOwned } from './columns.ts';

/** A mail and what became of it. Its text is cipher text, kept only until it is sent. */
const MailSchema = defineEntity({
  name: 'Mail',
  tableName: 'mail',
  properties: {
    ...owned(),
    channel: p.string().$type<ChannelName>().length(10).default('email'),
    toAddress: p.string().length(255),
    subject: p.string().length(300),
    bodyCipher: p.text().nullable(),
    status: p.string().$type<MailState>().length(20).default('queued'),
    problem: p.string().length(500).nullable(),
    replyTo: p.string().length(255).nullable(),
    sentAt: p.datetime().nullable(),
  },
  indexes: [{ properties: ['tenantId', 'status', 'createdAt'] }],
  checks: [
    { name: 'mail_status_check', expression: oneOf('status', mailStates) },
    { name: 'mail_channel_check', expression: oneOf('channel', channels) },
  ],
  ...tenantOwned,
});
export class Mail extends MailSchema.class {}
MailSchema.setClass(Mail);
