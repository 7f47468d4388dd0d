import { expect, it } from '@jest/globals';
import { messageIdOf, reportsOf } from './delivery-report.ts';

const mailId = '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01', tenantId = '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a02';
const messageId = messageIdOf(tenantId, mailId), ids = { mail: mailId, tenant: tenantId };
const delivered = { status: 'delivered', problem: null };

it.each([
  ['a bounce', 'standard', { type: 'message.bounced', data: { messageId, reason: 'No such mailbox' } },
    { status: 'bounced', problem: 'No such mailbox' }],
  ['a delivery', 'standard', { type: 'message.delivered', data: { messageId, reason: 'x' } }, delivered],
  ['a bounce by Resend', 'resend', { type: 'email.bounced', data: { tags: ids, bounce: { message: 'Full' } } },
    { status: 'bounced', problem: 'Full' }],
  ['a bounce by SendGrid', 'sendgrid', [{ event: 'bounce', ...ids, reason: '550 gone' }, { event: 'open', ...ids }],
    { status: 'bounced', problem: '550 gone' }],
  ['a delivery by SendGrid', 'sendgrid', [{ event: 'processed', ...ids }, { event: 'delivered', ...ids }], delivered],
] as const)('%s is read', (_what, service, body, said) => {
  expect(reportsOf(service, body as never)).toEqual([{ mailId, tenantId, ...said }]);
});

it.each([
  ['another type', { type: 'message.opened', data: { messageId } }],
  ['a type of no service', { type: 'constructor', data: { messageId, tags: ids } }],
  ['another message', { type: 'message.bounced', data: { messageId: '<1@elsewhere>' } }],
  ['nothing', {}], ['no object', { type: 'message.bounced', data: null }], ['a number', { data: 4, mail: 4 }],
])('of %s nothing is said', (_what, body) => {
  expect([reportsOf('standard', body), reportsOf('resend', body), reportsOf('sendgrid', [body])]).toEqual([[], [], []]);
});
