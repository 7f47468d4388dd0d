import { interactionVerbs } from '../../../activities/crm/activity/interaction-verbs.ts';
import { taskVerbs } from '../../../activities/crm/activity/task-verbs.ts';
import { contactVerbs } from '../../../activities/crm/contact-verbs.ts';
import { addGroupMember } from '../../../activities/crm/group/add-group-member.ts';
import { groupVerbs } from '../../../activities/crm/group/group-verbs.ts';
import { ticketVerbs } from '../../../activities/crm/ticket/ticket-verbs.ts';
import type { Examples, World } from '../verb-world.ts';
import { recordExamples } from './record.examples.ts';

/** Long past on every clock. */
const past = '2020-01-01T09:00:00.000Z';
const call = { type: 'call', subject: 'First call', duration: 15 };
const task = (): Record<string, unknown> => ({ title: 'Send the offer', reminderAt: past, dueDate: '2199-01-01' });
const ofInteraction = recordExamples(interactionVerbs, { fields: () => call, change: { outcome: 'reached' } });
const ofTask = recordExamples(taskVerbs, { fields: task, change: { status: 'completed' } });
const ofGroup = recordExamples(groupVerbs, { fields: () => ({ groupName: 'Newsletter' }), change: { active: false } });
const ofTicket = recordExamples(ticketVerbs, {
  fields: () => ({ issue: 'Wrong price' }), change: { state: 'closed', comment: 'Corrected' },
});

const idOf = async (made: Promise<Record<string, unknown>>): Promise<string> => (await made)['id'] as string;
const aTask = (w: World): Promise<string> => idOf(w.run(taskVerbs.create, task()));
const member = async (w: World): Promise<{ groupId: string; member: { contactId: string } }> => ({
  groupId: await idOf(w.run(groupVerbs.create, { groupName: 'Newsletter' })),
  member: { contactId: await idOf(w.run(contactVerbs.create, { firstName: 'Jane', lastName: 'Doe' })) },
});

export const activityExamples: Examples = {
  createInteraction: ofInteraction.create,
  patchInteraction: ofInteraction.patch,
  replaceInteraction: ofInteraction.put,
  removeInteraction: ofInteraction.remove,
  restoreInteraction: ofInteraction.restore,
  createTask: ofTask.create,
  patchTask: ofTask.patch,
  replaceTask: ofTask.put,
  removeTask: ofTask.remove,
  restoreTask: ofTask.restore,
  commentOnTask: async w => ({
    input: { id: await aTask(w), body: 'Waits for the price list' },
    as: w.as('manager'),
    again: 'each is a comment of its own',
  }),
  watchTask: async w => ({
    input: { taskId: await aTask(w) }, as: w.as('manager'), again: 'its process is only told to look again',
  }),
  lookAtTask: async w => ({ input: { entityId: await aTask(w) }, as: w.process }),
  remindAssignee: async w => ({ input: { taskId: await aTask(w), about: 'reminder' }, as: w.process }),
  createGroup: ofGroup.create,
  patchGroup: ofGroup.patch,
  replaceGroup: ofGroup.put,
  removeGroup: ofGroup.remove,
  restoreGroup: ofGroup.restore,
  addGroupMember: async w => ({ input: await member(w), as: w.as('manager') }),
  removeGroupMember: async w => {
    const input = await member(w);
    await w.run(addGroupMember, input);
    return { input, as: w.as('manager') };
  },
  createTicket: ofTicket.create,
  patchTicket: ofTicket.patch,
  replaceTicket: ofTicket.put,
  removeTicket: ofTicket.remove,
  restoreTicket: ofTicket.restore,
  commentOnTicket: async w => ({
    input: { id: await idOf(w.run(ticketVerbs.create, { issue: 'Wrong price' })), body: 'Asked the vendor' },
    as: w.as('manager'),
    again: 'each is a comment of its own',
  }),
};
