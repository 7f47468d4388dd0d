import { randomUUID } from 'node:crypto';
import { advanceClock } from '../../../activities/platform/clock/advance-clock.ts';
import { createApiKey } from '../../../activities/platform/identity/create-api-key.ts';
import { createRole } from '../../../activities/platform/identity/create-role.ts';
import { createUser } from '../../../activities/platform/identity/create-user.ts';
import { enrolSecondFactor } from '../../../activities/platform/identity/second-factor/enrol-second-factor.ts';
import { openSession } from '../../../activities/platform/identity/open-session.ts';
import { keepDigest } from '../../../activities/platform/notification/keep-digest.ts';
import { announce } from '../../../activities/platform/notification/announce.ts';
import { noteTerminated } from '../../../activities/platform/process/note-terminated.ts';
import type { Caller } from '../../../activities/platform/verb.ts';
import { clockAdvance } from '../../../domain/platform/sandbox.contract.ts';
import { attachmentExamples } from './attachments.examples.ts';
import { jobExamples } from './jobs.examples.ts';
import { passwordExamples } from './passwords.examples.ts';
import { providerExamples } from './providers.examples.ts';
import { tableExamples } from './tables.examples.ts';
import { processExamples } from './processes.examples.ts';
import type { Examples, World } from '../verb-world.ts';

const hash = (): string => randomUUID().replaceAll('-', '').repeat(2);
const unique = (word: string): string => `${word}-${randomUUID().slice(0, 8)}`;

/** One advance at a time: no worker carries out the one before. */
const standing = (w: World): Promise<unknown> => w.row(`update operation set status = 'done'`);
const operation = async (w: World): Promise<{ operationId: string }> => {
  await standing(w);
  return { operationId: (await w.run(advanceClock, { by: 60 })).id };
};
const apiKey = async (w: World): Promise<{ id: string }> =>
  w.run(createApiKey, { name: 'Example', secretHash: hash(), prefix: 'tlk_example' }, w.as('sales'));
const role = (w: World): Promise<{ id: string }> =>
  w.run(createRole, { code: unique('R').toUpperCase().replace('-', '_'), name: 'Example' }, w.as('admin'));
const user = (w: World): Promise<{ id: string }> => {
  const username = unique('user');
  return w.run(createUser, { username, fullName: 'New One', email: `${username}@example.com` }, w.as('admin'));
};
/** Somebody who wants a digest, and has something to read. */
const digested = async (w: World): Promise<{ userId: string; digestId: string }> => {
  const userId = w.tenant.users.sales3;
  await w.run(keepDigest, { every: 'off' }, w.as('sales3'));
  await w.run(keepDigest, { every: 'weekly' }, w.as('sales3'));
  await w.run(announce, { userId, subject: 'Example', body: 'Hello' }, w.as('admin'));
  const { id } = await w.row<{ id: string }>('select digest_id as id from app_user where id = $1', [userId]);
  return { userId, digestId: id };
};
const message = { subject: 'Example', body: 'Hello' };
const session = async (w: World): Promise<{ caller: Caller; refreshHash: string; refreshFamily: string }> => {
  const refreshHash = hash(),
    refreshFamily = hash(),
    userId = w.tenant.users.sales;
  const { password_hash: provenHash } = await w.row<{ password_hash: string }>(
    'select password_hash from app_user where id = $1',
    [userId],
  );
  const hashes = { provenHash, freshHash: null, cookieHash: hash(), refreshHash, refreshFamily };
  const { session: opened } = await w.run(openSession, { userId, username: 'sales', ...hashes }, w.process);
  const caller = w.as('sales');
  return { caller: { ...caller, actor: { ...caller.actor, sessionId: opened!.id } }, refreshHash, refreshFamily };
};

/** Of sales3, not confirmed yet; answers its secret. */
const enrolled = async (w: World): Promise<string> => {
  await w.row('delete from second_factor');
  const secretCipher = hash();
  await w.run(enrolSecondFactor, { secretCipher }, w.as('sales3'));
  return secretCipher;
};

export const platformExamples: Examples = {
  ...passwordExamples,
  ...attachmentExamples,
  keepDigest: async w => ({ input: { every: 'daily' }, as: w.as('sales') }),
  watchDigest: async w => ({ input: { userId: (await digested(w)).userId }, as: w.as('admin') }),
  lookAtDigest: async w => ({ input: { entityId: (await digested(w)).digestId }, as: w.process }),
  sendDigest: async w => ({
    input: { digestId: (await digested(w)).digestId, due: Date.parse('2027-01-04T08:00:00Z') }, as: w.process,
  }),
  keepChannelPreferences: async w => ({
    input: { sms: { address: '+14155550100', events: ['task-reminder'] } }, as: w.as('sales'),
  }),
  keepMailPreferences: async w => ({ input: { events: ['task-reminder'] }, as: w.as('sales') }),
  ...jobExamples,
  ...providerExamples,
  ...processExamples,
  ...tableExamples,
  beginCheck: async w => ({ input: { run: unique('run') }, as: w.process }),
  parkInput: async w => ({ input: { workflowId: 'pov-1', name: 'phaseSubmitted', nth: unique('run') }, as: w.process }),
  updateSettings: async w => ({ input: { name: unique('Tenant') }, as: w.as('admin') }),
  noteStuck: async w => ({
    input: {
      workflowId: clockAdvance.id((await operation(w)).operationId),
      step: 'act',
      reason: 'Not now',
      since: Date.parse('2026-11-24T09:00:00Z'),
    },
    as: w.process,
  }),
  notify: async w => ({
    input: { userIds: [w.tenant.users.sales], template: 'example', ...message },
    as: w.process,
    again: 'only other verbs run it, in their transaction',
  }),
  announce: async w => ({ input: { userId: w.tenant.users.sales, ...message }, as: w.as('admin') }),
  markNotificationRead: async w => ({
    input: await w.run(announce, { userId: w.tenant.users.sales, ...message }, w.as('admin')),
    as: w.as('sales'),
  }),
  markAllNotificationsRead: async w => {
    await w.run(announce, { userId: w.tenant.users.sales, ...message }, w.as('admin'));
    return { input: {}, as: w.as('sales') };
  },
  advanceClock: async w => {
    await standing(w);
    return { input: { by: 60 }, as: w.as('manager') };
  },
  moveClock: async w => {
    await standing(w);
    return { input: { frozen: true }, as: w.as('manager') };
  },
  stepClock: async w => ({
    input: await operation(w),
    as: w.process,
    again: 'the clock stands where it stood, which is told once more',
  }),
  finishAdvance: async w => ({ input: { ...(await operation(w)), busy: [] }, as: w.process }),
  noteFailed: async w => {
    const workflowId = clockAdvance.id((await operation(w)).operationId);
    const { at } = await w.row<{ at: string }>('select updated_at::text as at from process where workflow_id = $1', [
      workflowId,
    ]);
    return { input: { workflowId, seenAt: at }, as: w.process };
  },
  noteRetried: async w => ({
    input: { workflowId: clockAdvance.id((await operation(w)).operationId) },
    as: w.as('admin'),
  }),
  resendEvent: async w => {
    const { id } = await w.row<{ id: string }>(
      `insert into outbox_event (tenant_id, name, entity_id, story_id, seq, payload, tells, summary, concerns, actor,
         actor_name, at, attempts)
       select id, 'platform.dead', gen_random_uuid(), gen_random_uuid(), 1, '{}', '[]', 'dead', '{}', 'system',
         'system', now(), 20 from tenant where slug = $1 returning id`,
      [w.tenant.slug],
    );
    return { input: { eventId: id }, as: w.as('admin') };
  },
  noteTerminated: async w => ({
    input: { workflowId: clockAdvance.id((await operation(w)).operationId), reason: 'It runs in circles' },
    as: w.as('admin'),
  }),
  noteEndedRun: async w => {
    const workflowId = clockAdvance.id((await operation(w)).operationId), reason = 'It runs in circles';
    await w.run(noteTerminated, { workflowId, reason }, w.as('admin'));
    return { input: { workflowId, runId: unique('run'), reason }, as: w.as('admin') };
  },
  openSession: async w => ({
    input: {
      ...{ userId: w.tenant.users.sales, username: 'sales', provenHash: null, freshHash: null },
      ...{ cookieHash: hash(), refreshHash: hash(), refreshFamily: hash() },
    },
    as: w.process,
    again: 'every attempt counts',
  }),
  renewSession: async w => {
    const { refreshHash, refreshFamily } = await session(w);
    return {
      input: { familyHash: refreshFamily, oldHash: refreshHash, newHash: hash() },
      as: w.process,
      again: 'a token that is used twice ends the session',
    };
  },
  enrolSecondFactor: async w => ({ input: { secretCipher: hash() }, as: w.as('sales2') }),
  confirmSecondFactor: async w => {
    const secretCipher = await enrolled(w);
    const proven = { secretCipher, step: 1, recoveryHash: null };
    return { input: { secret: { proven, recoveryHashes: [hash()] } }, as: w.as('sales3') };
  },
  removeSecondFactor: async w => {
    await enrolled(w);
    await w.row('update second_factor set confirmed_at = now(), recovery_hashes = $1', [['example']]);
    return { input: { secret: { secretCipher: null, step: null, recoveryHash: 'example' } }, as: w.as('sales3') };
  },
  resetSecondFactor: async w => {
    await enrolled(w);
    return { input: { id: w.tenant.users.sales3 }, as: w.as('admin') };
  },
  signOut: async w => ({ input: {}, as: (await session(w)).caller }),
  endOwnSessions: async w => {
    await session(w);
    return { input: {}, as: (await session(w)).caller };
  },
  endUserSessions: async w => {
    await session(w);
    return { input: { userId: w.tenant.users.sales }, as: w.as('admin') };
  },
  touchSession: async w => ({
    input: { id: (await session(w)).caller.actor.sessionId! },
    as: w.process,
    again: 'it is the time of the last use',
  }),
  createApiKey: async w => ({
    input: { name: 'Example', secretHash: hash(), prefix: 'tlk_example' },
    as: w.as('sales'),
  }),
  revokeApiKey: async w => ({ input: { id: (await apiKey(w)).id }, as: w.as('sales') }),
  touchApiKey: async w => ({
    input: { id: (await apiKey(w)).id },
    as: w.process,
    again: 'it is the time of the last use',
  }),
  createUser: async w => {
    const username = unique('user');
    return { input: { username, fullName: 'New One', email: `${username}@example.com` }, as: w.as('admin') };
  },
  updateUser: async w => ({ input: { id: (await user(w)).id, fullName: 'Other Name' }, as: w.as('admin') }),
  createRole: async w => ({
    input: { code: unique('R').toUpperCase().replace('-', '_'), name: 'Example' },
    as: w.as('admin'),
  }),
  updateRole: async w => ({ input: { id: (await role(w)).id, name: 'Renamed' }, as: w.as('admin') }),
  deleteRole: async w => ({ input: { id: (await role(w)).id }, as: w.as('admin') }),
  syncPermissions: async w => {
    await w.row(`delete from role where code = 'VP'`);
    await w.row(`delete from role_permission where role = 'VP'`);
    return { input: {}, as: w.process };
  },
};
