import type { EntityManager } from '@mikro-orm/postgresql';
import { v5 } from 'uuid';
import type { VerbContext } from '../verb.ts';

/** All that makes one message to one user the same as another one. */
export interface MessageWords {
  userId: string;
  channel: string;
  templateId?: string | null | undefined;
  referenceId?: string | null | undefined;
  subject: string;
  body: string;
}

/** How many ids are looked up at once. */
const window = 8;
/** The namespace of these ids. */
const messages = '6d9f2f0e-5a0b-4c39-9d4b-2f1f6f3a7c11';

/**
 * The id of the n-th time that a user is told the same of the same record. When the database is older than the world
 * outside, and what was told is told again, it is the same id: the engine knows the process that sent it, and it does
 * not go again. What is said of no record is known by nothing.
 */
export async function messageId(ctx: VerbContext, words: MessageWords): Promise<string> {
  const { userId, channel, templateId, referenceId, subject, body } = words;
  if (!templateId || !referenceId) return ctx.id();
  const key = JSON.stringify([ctx.tenantId, userId, channel, templateId, referenceId, subject, body]);
  // Two at once would take the same one.
  await ctx.em.execute(`select pg_advisory_xact_lock(hashtextextended('message ' || ?, 0))`, [key]);
  const mine = takenBy.get(ctx.em) ?? new Set<string>();
  takenBy.set(ctx.em, mine);
  for (let n = 0; ; n += window) {
    const ids = Array.from({ length: window }, (_, i) => v5(`${key} ${n + i}`, messages));
    const there = await ctx.em.execute<{ id: string }[]>('select id from notification where id = any(?::uuid[])', [
      `{${ids.join(',')}}`,
    ]);
    const free = ids.find(id => !mine.has(id) && !there.some(row => row.id === id));
    if (free) {
      mine.add(free);
      return free;
    }
  }
}

/** What each transaction has told by now: it may not be written yet. */
const takenBy = new WeakMap<EntityManager, Set<string>>();
