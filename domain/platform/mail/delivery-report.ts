import { z } from 'zod';
import { endpoint } from '../contract.ts';
import type { ReportedState } from '../mail.ts';

/** Who tells what became of a message after it was handed over. */
export const reportServices = ['standard', 'resend', 'sendgrid'] as const;
export type ReportService = (typeof reportServices)[number];

export interface DeliveryReport {
  tenantId: string;
  mailId: string;
  status: ReportedState;
  problem: string | null;
}

/** The Message-ID of a mail: the same for each try, and enough to find the mail by. */
export const messageIdOf = (tenantId: string, mailId: string): string => `<${mailId}.${tenantId}@throughline>`;

type Loose = Record<string, unknown>;
const part = (of: Loose, name: string): Loose => {
  const value = of[name];
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
};
const text = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 500) : null);

/** What a service says of one of our mails. */
interface Said {
  mail: unknown;
  tenant: unknown;
  word: unknown;
  why: unknown;
}
const read: Record<ReportService, (event: Loose) => Said> = {
  standard: ({ type, ...event }) => {
    const { messageId, reason } = part(event, 'data');
    const [, mail, tenant] = /([\da-f-]{36})\.([\da-f-]{36})@throughline/i.exec(text(messageId) ?? '') ?? [];
    return { mail, tenant, word: type, why: reason };
  },
  /** https://resend.com/docs/dashboard/webhooks/event-types */
  resend: ({ type, ...event }) => {
    const data = part(event, 'data'), { mail, tenant } = part(data, 'tags');
    return { mail, tenant, word: type, why: part(data, 'bounce')['message'] };
  },
  /** https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event */
  sendgrid: ({ event: word, mail, tenant, reason: why }) => ({ mail, tenant, word, why }),
};
const words: Record<string, ReportedState | undefined> = {
  'message.delivered': 'delivered', 'email.delivered': 'delivered', 'delivered': 'delivered',
  'message.bounced': 'bounced', 'email.bounced': 'bounced', 'bounce': 'bounced', 'dropped': 'bounced',
};

/** What the events of a service say of our mails; those about anything else say nothing. */
export const reportsOf = (service: ReportService, body: Loose | Loose[]): DeliveryReport[] =>
  [body].flat().flatMap(event => {
    const { mail, tenant, word, why } = read[service](event);
    const status = Object.hasOwn(words, String(word)) ? words[String(word)] : undefined;
    const [mailId, tenantId] = [z.uuid().safeParse(mail), z.uuid().safeParse(tenant)];
    if (!status || !mailId.success || !tenantId.success) return [];
    const problem = status === 'bounced' ? text(why) : null;
    return [{ mailId: mailId.data, tenantId: tenantId.data, status, problem }];
  });

export const deliveryReportEndpoints = {
  receive: endpoint({
    method: 'POST',
    path: '/api/hooks/delivery-reports/:service',
    needs: 'anonymous',
    params: z.object({ service: z.enum(reportServices) }),
    body: z.union([z.looseObject({}), z.array(z.looseObject({})).max(1000)]).meta({
      id: 'DeliveryReport',
      example: { type: 'message.bounced', data: { messageId: '<…@throughline>', reason: 'No such mailbox' } },
    }),
    returns: z.object({}),
    status: 204,
    summary: 'message.delivered or message.bounced, signed by the service: what became of a mail',
  }),
};
