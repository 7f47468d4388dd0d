import { z } from 'zod';
import { Instant } from '../clock.ts';
import { event, message, type MessageContract, type Shape } from '../contract.ts';
import { line } from '../field.ts';
import { Id } from '../id.ts';
import { iso, type FutureEntry, type Hold, type Plan } from '../process.ts';
import { sayInstant } from '../sentence.ts';

export const HoldProcess = z
  .object({
    reason: line(500),
    until: Instant.nullable().optional().meta({ description: 'When it goes on by itself' }),
  })
  .meta({ id: 'HoldProcess' });
export const ResumeProcess = z.object({}).meta({ id: 'ResumeProcess' });

/** Who asked, kept with what was asked. */
export interface Asker {
  userId: string | null;
  key: string;
  name: string;
  ip?: string | undefined;
  userAgent?: string | undefined;
  requestId?: string | undefined;
}

/** Commands that every watcher takes as updates: only the process knows what becomes of them. */
export const watcherUpdates = {
  hold: message({
    name: 'hold',
    needs: 'process:hold',
    summary: 'Put it on hold: no reminder, deadline or escalation until it is resumed',
    body: HoldProcess,
  }),
  resume: message({
    name: 'resume',
    needs: 'process:hold',
    summary: 'Let it go on: what fell due meanwhile is done now, once',
    body: ResumeProcess,
  }),
} satisfies Record<string, MessageContract<Shape>>;
export type WatcherUpdate = keyof typeof watcherUpdates;
export const isWatcherUpdate = (name: string): name is WatcherUpdate => Object.hasOwn(watcherUpdates, name);

interface Standing {
  ended: boolean;
  hold: Hold | null;
}
/** Why a process cannot be put on hold or resumed, or undefined: asked by API, validator and verb alike. */
export function whyNotUpdate(name: WatcherUpdate, { ended, hold }: Standing): string | undefined {
  if (ended) return 'The process has ended';
  if (name === 'hold') return hold ? `It is on hold already, by ${hold.by}` : undefined;
  return hold ? undefined : 'It is not on hold';
}

/** The hold at that instant: over once its end is reached. */
export const holdAt = (hold: Hold | null, now: number): Hold | null =>
  hold && (hold.until === null || Date.parse(hold.until) > now) ? hold : null;

/**
 * A plan made for the beginning of time, when nothing is due yet, with the hold in place of what it waits for: what
 * people decided is carried out, what time alone would bring waits for the end of the hold.
 */
export function heldPlan<S extends { do: string }>(timeless: Plan<S>, hold: Hold, timeZone: string): Plan<S> {
  if (timeless.closed) return timeless;
  const until = hold.until === null ? null : Date.parse(hold.until);
  return {
    ...timeless,
    wakeAt: until,
    needsHuman: until === null,
    future: until === null ? [] : [{ at: iso(until), kind: 'timer', what: 'The hold ends' }, ...after(timeless, until)],
    waitingFor: timeless.step
      ? null
      : {
          sentence: sayHold(hold, timeZone),
          on: until === null ? 'somebody to resume it' : 'the end of the hold',
          since: hold.since,
          due: null,
          until: hold.until,
          then: 'it goes on',
          person: until === null,
        },
  };
}

/** What falls due during the hold comes when it ends. */
const after = ({ future }: Plan, until: number): FutureEntry[] =>
  future.map(f => (Date.parse(f.at) > until ? f : { ...f, at: iso(until), kind: 'predicted' }));

/** "On hold by Dana Okafor since Tue 24 Nov 09:00 because the site is closed; resumes on Mon 30 Nov 09:00." */
export const sayHold = ({ by, since, reason, until }: Hold, timeZone: string): string =>
  `On hold by ${by} since ${sayInstant(since, timeZone)} because ${reason.replace(/[.\s]+$/, '')}; ` +
  (until === null ? 'it goes on when somebody resumes it.' : `resumes on ${sayInstant(until, timeZone)}.`);

const about = z.object({ workflowId: z.string(), type: z.string(), entityId: Id, storyId: Id });
const shared = {
  entity: (p: z.output<typeof about>) => p.entityId,
  story: (p: z.output<typeof about>) => p.storyId,
  tells: (p: z.output<typeof about>) => [{ type: p.type, entityId: p.entityId }],
};
export const processHeld = event({
  name: 'platform.process.held',
  payload: about.extend({ reason: z.string(), until: Instant.nullable() }),
  ...shared,
  says: p => `put the process on hold${p.until ? ` until ${p.until.slice(0, 10)}` : ''}: ${p.reason}`,
});
export const processResumed = event({
  name: 'platform.process.resumed',
  payload: about,
  ...shared,
  says: () => 'let the process go on',
});
