import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { MailPreferences, mailPreferencesKept } from '../../../domain/platform/notification/mail-preference.contract.ts';
import { verb } from '../verb.ts';

/** Keeps which of the actor's notifications come by mail too. */
export const keepMailPreferences = verb(
  {
    name: 'keep-mail-preferences', needs: 'signed-in', input: MailPreferences,
    output: z.object({ events: z.array(z.string()) }),
  },
  async ({ em, actor, emit }, { events }) => {
    const mine = { id: actor.userId ?? '', deletedAt: null };
    const user = actor.userId && (await em.findOne(User, mine, { lockMode: LockMode.PESSIMISTIC_WRITE }));
    if (!user) throw notFound();
    if (user.mailed.join() !== events.join()) {
      user.mailed = events;
      emit(mailPreferencesKept, { userId: user.id });
    }
    return { events };
  },
);
