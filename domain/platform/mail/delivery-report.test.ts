import { expect, it } from '@jest/globals';
import { messageIdOf, reportsOf } from './delivery-report.ts';

const mailId = '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01', tenantId = '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a02';
const messageId = messageIdOf(tenantId, mailId);

it.each([
  ['a bounce', 'standard', { type: 'message.bounced', data: { messageId, reason: 'No such mailbox' } },
    { status: 'bounced', problem: 'No such mailbox' }],
  ['a delivery', 'standard', { type: 'message.delivered', data: { messageId, reason: 'x' } },
    { status: 'delivered', problem: null }],
  ['a bounce by Resend', 'resend',
    { type: 'email.bounced', data: { tags: { mail: mailId, tenant: tenantId }, bounce: { message: 'Full' } } },
    { status: 'bounced', problem: 'Full' }],
] as const)('%s is read', (_what, service, body, said) => {
  expect(reportsOf(service, body)).toEqual([{ mailId, tenantId, ...said }]);
});

it.each([
  ['another type', { type: 'message.opened', data: { messageId } }],
  ['another message', { type: 'message.bounced', data: { messageId: '<1@elsewhere>' } }],
  ['nothing', {}], ['no object', { type: 'message.bounced', data: null }], ['a number', { data: 4 }],
])('of %s nothing is said', (_what, body) => {
  expect([reportsOf('standard', body), reportsOf('resend', body)]).toEqual([[], []]);
});
