import { interactionVerbs } from '../../activities/crm/activity/interaction-verbs.ts';
import { taskVerbs } from '../../activities/crm/activity/task-verbs.ts';
import { addGroupMember } from '../../activities/crm/group/add-group-member.ts';
import { groupVerbs } from '../../activities/crm/group/group-verbs.ts';
import { ticketVerbs } from '../../activities/crm/ticket/ticket-verbs.ts';
import { run } from '../../activities/platform/verb.ts';
import { readerOf } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import type { InteractionType } from '../../domain/crm/activity/interaction.ts';
import type { TaskPriority } from '../../domain/crm/activity/task.ts';
import type { Person } from './people.ts';
import type { Stage } from './play.ts';

type Dealing = [day: number, who: Person, company: string, type: InteractionType, subject: string, minutes?: number,
  text?: string];
/** What happened with whom, by the day counted from today. */
const dealings: Dealing[] = [
  [-24, 'sales', 'Halvorsen Foods', 'call', 'Where the cold chain breaks', 20, 'Two terminals lose data at night.'],
  [-22, 'sales', 'Halvorsen Foods', 'email', 'Proposal for two terminals'],
  [-19, 'sales2', 'Rexby Logistics', 'meeting', 'Walk through the Aarhus hub', 90, 'The conveyor line comes first.'],
  [-17, 'dana', 'Brava Maritime', 'call', 'First call', 15],
  [-15, 'ravi', 'Dunmore Transit', 'note', 'Budget is decided in December'],
  [-12, 'sales', 'Keller Maschinenbau', 'meeting', 'Plant tour in Stuttgart', 120, 'Saw the two older lines.'],
  [-9, 'sales2', 'Nordklinik', 'email', 'Answers on data protection'],
  [-6, 'sales', 'Halvorsen Foods', 'meeting', 'Review of the pilot', 60, 'No gap in eight nights: a price is due.'],
  [-4, 'dana', 'Lindal Dairies', 'call', 'Sensors in the ripening room', 25],
  [-2, 'sales', 'Ostermann Verpackung', 'note', 'Birgit Ostermann is away until Monday'],
  [-1, 'sales2', 'Rexby Logistics', 'call', 'Two questions on the contract', 10],
];

type Duty = [day: number, who: Person, company: string, title: string, due: number, done: number | null,
  priority?: TaskPriority];
/** What was to be done: entered on a day, due on another, and done on a third or not yet. */
const duties: Duty[] = [
  [-22, 'sales', 'Halvorsen Foods', 'Send the proposal', -21, -22],
  [-12, 'sales', 'Keller Maschinenbau', 'Ask for drawings of the older lines', -3, null, 'high'],
  [-9, 'sales2', 'Nordklinik', 'Collect the data protection papers', -5, -7],
  [-6, 'sales', 'Halvorsen Foods', 'Work out a price for nine terminals', 1, null, 'urgent'],
  [-6, 'manager', 'Halvorsen Foods', 'Approve the discount', 0, null, 'high'],
  [-4, 'dana', 'Lindal Dairies', 'Book a day in the ripening room', 5, null],
  [-3, 'manager', 'Brava Maritime', 'Call Rui Teixeira before the fair', -1, null],
  [-2, 'manager', 'Polar Components', 'Look through the price list', 6, null, 'low'],
  [-1, 'sales2', 'Rexby Logistics', 'Clear the two questions with legal', 2, null],
];

interface Scene {
  at: number;
  act: () => Promise<void>;
}

/** Calls, meetings, tasks, a group and a ticket of the last weeks, as scenes by their instant. */
export function dealingsOf(stage: Stage): Scene[] {
  const as = stage.as('manager');
  const scene = (day: number, hour: number, act: () => Promise<unknown>): Scene => ({
    at: Date.parse(stage.at(day, hour)), act: async () => void (await act()),
  });
  const held = dealings.map(([day, who, company, type, subject, duration, description]) =>
    scene(day, 10, async () => {
      const { id: accountId, contactId } = await companyNamed(stage, company);
      const about = { accountId, contactId, ownerId: stage.id(who) };
      await run(interactionVerbs.create, { type, subject, duration, description, ...about }, as);
    }));
  const todo = duties.flatMap(([day, who, company, title, due, done, priority]) => {
    let id = '';
    return [
      scene(day, 11, async () => {
        const { id: accountId } = await companyNamed(stage, company);
        const task = { title, accountId, assigneeId: stage.id(who), dueDate: stage.at(due, 16), priority };
        id = (await run(taskVerbs.create, task, as))['id'] as string;
      }),
      ...(done === null ? [] : [
        scene(done, 15, () => run(taskVerbs.patch, { id, fields: { status: 'completed' } }, as)),
      ]),
    ];
  });
  return [...held, ...todo, scene(-20, 12, () => fair(stage)), scene(-8, 12, () => complaint(stage))];
}

async function fair(stage: Stage): Promise<void> {
  const as = stage.as('manager');
  const group = { groupName: 'Food fair in Oslo', groupType: 'Trade fair', description: 'Invite until next month.' };
  const groupId = (await run(groupVerbs.create, group, as))['id'] as string;
  for (const name of ['Halvorsen Foods', 'Lindal Dairies', 'Nordic Cold Chain']) {
    const { id: accountId, contactId } = await companyNamed(stage, name);
    await run(addGroupMember, { groupId, member: { accountId } }, as);
    if (contactId) await run(addGroupMember, { groupId, member: { contactId } }, as);
  }
}

async function complaint(stage: Stage): Promise<void> {
  const { id: vendorId } = await companyNamed(stage, 'Polar Components');
  const { id: distributorId } = await companyNamed(stage, 'Nordic Cold Chain');
  const sale = await readerOf(stage.tenantId).row<{ id: string }>(sql`
    select id from opportunity where opportunity_name = 'Cold-store monitoring, Trondheim'`);
  const about = { vendorId, distributorId, opportunityId: sale!.id };
  const ticket = { ...about, assigneeId: stage.id('manager'), comment: 'Asked Polar for the batch.' };
  await run(ticketVerbs.create, { issue: 'Sensors of batch 114 read two degrees low', ...ticket }, stage.as('manager'));
}

async function companyNamed({ tenantId }: Stage, name: string): Promise<{ id: string; contactId: string | null }> {
  const found = await readerOf(tenantId).row<{ id: string; contactId: string | null }>(sql`
    select a.id, (select c.id from contact c where c.account_id = a.id order by c.is_primary desc, c.id limit 1)
      as "contactId"
    from account a where a.account_name = ${name}`);
  return found!;
}
