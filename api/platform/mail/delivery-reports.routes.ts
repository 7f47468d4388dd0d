import type { Request } from 'express';
import { signedMessage, whyNotSigned } from '../../../activities/platform/identity/hook/signature.ts';
import { noteReport } from '../../../activities/platform/mail/note-report.ts';
import { whyNotSendGrid } from '../../../activities/platform/mail/report-signature.ts';
import { systemActor } from '../../../activities/platform/system-actor.ts';
import { run as runVerb } from '../../../activities/platform/verb.ts';
import type { Config } from '../../../db/platform/config.ts';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import {
  deliveryReportEndpoints, reportsOf, type ReportService,
} from '../../../domain/platform/mail/delivery-report.ts';
import { rawBodyOf } from '../raw-body.ts';
import { requestId } from '../request-id.ts';
import { serve } from '../serve.ts';

export const deliveryReportRoutes = serve(deliveryReportEndpoints, {
  receive: async ({ params: { service }, body, req, res, services: { config } }) => {
    assertSigned(service, req, config);
    for (const { tenantId, ...report } of reportsOf(service, body)) {
      // Of another installation, perhaps.
      if (!(await readerOf(tenantId).row(sql`select id from mail where id = ${report.mailId}`))) continue;
      const actor = { ...systemActor(tenantId), key: 'system:delivery-report', name: 'delivery report' };
      await runVerb(noteReport, report, { actor, requestId: requestId(res) });
    }
    return {};
  },
});

/** What each service signs with. */
const secretOf = (config: Config, service: ReportService): string | undefined =>
  ({
    standard: config.DELIVERY_SECRET, resend: config.RESEND_WEBHOOK_SECRET, sendgrid: config.SENDGRID_WEBHOOK_KEY,
  })[service];

/** A service that has no secret is not listened to. */
function assertSigned(service: ReportService, req: Request, config: Config): void {
  const secret = secretOf(config, service), body = rawBodyOf(req);
  if (!secret) throw notFound();
  const told = (name: string): string => req.get(`x-twilio-email-event-webhook-${name}`) ?? '';
  const whyNot =
    service === 'sendgrid'
      ? whyNotSendGrid({ timestamp: told('timestamp'), signature: told('signature'), body }, secret, Date.now())
      : whyNotSigned(signedMessage(name => req.get(name), body), [secret], Date.now());
  if (whyNot) throw new Refusal('unauthenticated', whyNot, { reason: 'not-signed' });
}
