import { z } from 'zod';
import { endpoint } from '../contract.ts';
import type { ReportedState } from '../mail.ts';

/** Who tells what became of a message after it was handed over. */
export const reportServices = ['standard', 'resend'] as const;
export type ReportService = (typeof reportServices)[number];

export interface DeliveryReport {
  tenantId: string;
  mailId: string;
  status: ReportedState;
  problem: string | null;
}

/** The Message-ID of a mail: the same for each try, and enough to find the mail by. */
export const messageIdOf = (tenantId: string, mailId: string): string => `<${mailId}.${tenantId}@throughline>`;
const idsIn = (messageId: unknown): { mailId: string; tenantId: string } | undefined => {
  const [, mailId, tenantId] = /([\da-f-]{36})\.([\da-f-]{36})@throughline/i.exec(text(messageId) ?? '') ?? [];
  return z.uuid().safeParse(mailId).success && z.uuid().safeParse(tenantId).success
    ? { mailId: mailId!, tenantId: tenantId! } : undefined;
};

type Loose = Record<string, unknown>;
const part = (of: unknown, name: string): Loose =>
  ((of as Loose | null)?.[name] ?? {}) as Loose;
const text = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 500) : null);

/** What a message of a service says of our mails; what is about anything else says nothing. */
export function reportsOf(service: ReportService, body: Loose): DeliveryReport[] {
  const data = part(body, 'data');
  if (service === 'standard') {
    const ids = idsIn(data['messageId']), status = standard[String(body['type'])];
    return ids && status ? [{ ...ids, status, problem: status === 'bounced' ? text(data['reason']) : null }] : [];
  }
  const tags = part(data, 'tags');
  const ids = idsIn(`${text(tags['mail'])}.${text(tags['tenant'])}@throughline`);
  const status = resend[String(body['type'])];
  const problem = status === 'bounced' ? text(part(data, 'bounce')['message']) : null;
  return ids && status ? [{ ...ids, status, problem }] : [];
}

const standard: Record<string, ReportedState | undefined> = {
  'message.delivered': 'delivered', 'message.bounced': 'bounced',
};
/** https://resend.com/docs/dashboard/webhooks/event-types */
const resend: Record<string, ReportedState | undefined> = {
  'email.delivered': 'delivered', 'email.bounced': 'bounced',
};

export const deliveryReportEndpoints = {
  receive: endpoint({
    method: 'POST',
    path: '/api/hooks/delivery-reports/:service',
    needs: 'anonymous',
    params: z.object({ service: z.enum(reportServices) }),
    body: z.looseObject({ type: z.string().max(100).optional() }).meta({
      id: 'DeliveryReport',
      example: { type: 'message.bounced', data: { messageId: '<…@throughline>', reason: 'No such mailbox' } },
    }),
    returns: z.object({}),
    status: 204,
    summary: 'message.delivered or message.bounced; with webhook-id, webhook-timestamp and webhook-signature',
  }),
};
