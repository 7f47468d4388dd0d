import { z } from 'zod';
import { deliveryAttemptsMax } from '../../../db/platform/delivery.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { whyNotResend } from '../../../domain/platform/operations/process-steering.ts';
import { verb } from '../verb.ts';

interface Was {
  name: string;
  attempts: number;
  problem: string | null;
  delivered: boolean;
}

/** Events are counted, other records have a UUID. */
const isNumber = /^[1-9]\d{0,14}$/;

/** A dead letter is told again: its refusals are counted anew, and the relay is woken. */
export const resendEvent = verb(
  {
    name: 'resend-event',
    needs: 'process:steer',
    input: z.object({ eventId: z.string() }),
    output: z.object({ id: z.int() }),
  },
  async ({ em, note }, { eventId }) => {
    if (!isNumber.test(eventId)) throw notFound();
    const [was] = await em.execute<Was[]>(
      `select name, attempts, problem, delivered_at is not null as delivered from outbox_event
       where id = ? for update`,
      [eventId],
    );
    if (!was) throw notFound();
    const { name, attempts, problem, delivered } = was;
    const whyNot = whyNotResend({ delivered, dead: attempts >= deliveryAttemptsMax });
    if (whyNot) throw new Refusal('conflict', whyNot);
    await em.execute('update outbox_event set attempts = 0 where id = ?', [eventId], 'run');
    await em.execute(`select pg_notify('outbox', '')`);
    note({
      ...{ action: 'UPDATE', tableName: 'outbox_event', recordId: eventId },
      oldValues: { attempts, problem },
      newValues: { name, attempts: 0, reason: 'Sent again' },
    });
    return { id: Number(eventId) };
  },
);
